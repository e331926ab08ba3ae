package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import java.io.PrintStream;
import java.util.List;

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
    return RunOutput.atStart(plan -> print(header.lines(plan)));
  }

  @Override
  public TrainingListener header(RefitHeader header) {
    return RunOutput.atStart(plan -> print(header.lines(plan)));
  }

  private void print(List<String> lines) {
    lines.forEach(out::println);
  }

  @Override
  public Progress progress() {
    return Progress.on(out);
  }

  @Override
  public void finished(RunSummary summary) {
    print(summary.lines());
  }

  @Override
  public void alreadyFinished(RunFolder folder, RunResult result) {
    out.println("the run in " + folder.path() + " is finished, nothing to resume");
  }
}
