package io.github.smartaug.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, called in the order in which they were added. */
final class Listeners implements TrainingListener {
  private final List<TrainingListener> all = new ArrayList<>();

  void add(TrainingListener listener) {
    all.add(listener);
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    each(listener -> listener.trainingStarted(plan));
  }

  @Override
  public void stepFinished(StepReport report) {
    each(listener -> listener.stepFinished(report));
  }

  @Override
  public void metaStepFinished(MetaStepReport report) {
    each(listener -> listener.metaStepFinished(report));
  }

  @Override
  public void epochFinished(EpochReport report) {
    each(listener -> listener.epochFinished(report));
  }

  @Override
  public void resumable(ResumePoint point) {
    each(listener -> listener.resumable(point));
  }

  private void each(Consumer<TrainingListener> call) {
    all.forEach(call);
  }
}
