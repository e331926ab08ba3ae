package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/** Words for people. */
final class TextRunOutput implements RunOutput {
  private final PrintStream out;

  TextRunOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void nothingSaved(RunFolder folder) {
    out.println("--resume: nothing was saved in " + folder.path() + " yet, the run begins");
  }

  @Override
  public TrainingListener header(RunHeader header) {
    return atStart(header::lines);
  }

  @Override
  public TrainingListener header(RefitHeader header) {
    return atStart(header::lines);
  }

  private TrainingListener atStart(Function<TrainingPlan, List<String>> lines) {
    return new TrainingListener() {
      @Override
      public void trainingStarted(TrainingPlan plan) {
        lines.apply(plan).forEach(out::println);
      }
    };
  }

  @Override
  public Progress progress() {
    return Progress.on(out);
  }

  @Override
  public Progress refitProgress() {
    return Progress.on(out);
  }

  @Override
  public void finished(RunSummary summary) {
    summary.lines().forEach(out::println);
  }

  @Override
  public void alreadyFinished(RunFolder folder, RunResult result) {
    out.println("the run in " + folder.path() + " is finished, nothing to resume");
  }
}
