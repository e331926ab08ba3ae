package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.JsonEvents;
import io.github.smartaug.cli.console.OutputStyle;
import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;
import java.util.function.Consumer;

/** What a run says on standard output from its start to its end. */
interface RunOutput {
  /** In that style. */
  static RunOutput on(PrintStream out, OutputStyle style) {
    return switch (style) {
      case TEXT -> new TextRunOutput(out);
      case QUIET -> new QuietRunOutput(out);
      case JSON -> new JsonRunOutput(new JsonEvents(out));
    };
  }

  /** The run was to go on, but nothing was saved of it. For programs it is a run that begins. */
  default void nothingSaved(RunFolder folder) {}

  /** Says at the start of training what is trained on what. */
  TrainingListener header(RunHeader header);

  /** Says at the start of a refit what is done. */
  TrainingListener header(RefitHeader header);

  /** Tells of the epochs of training. */
  Progress progress();

  /** Tells of the epochs of a refit, by itself as of those of training. */
  default Progress refitProgress() {
    return progress();
  }

  /** The run is done. By itself that is said as of a run that was done before. */
  default void finished(RunSummary summary) {
    alreadyFinished(summary.folder(), summary.written());
  }

  /** The run was done before, and there is nothing to resume. */
  void alreadyFinished(RunFolder folder, RunResult result);

  /** Does something when training starts. */
  static TrainingListener atStart(Consumer<TrainingPlan> said) {
    return new TrainingListener() {
      @Override
      public void trainingStarted(TrainingPlan plan) {
        said.accept(plan);
      }
    };
  }
}
