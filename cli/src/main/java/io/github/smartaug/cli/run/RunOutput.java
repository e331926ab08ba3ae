package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.JsonEvents;
import io.github.smartaug.cli.console.OutputStyle;
import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import java.io.PrintStream;

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

  /** The run was to go on, but nothing was saved of it. */
  void nothingSaved(RunFolder folder);

  /** Says at the start of training what is trained on what. */
  TrainingListener header(RunHeader header);

  /** Says at the start of a refit what is done. */
  TrainingListener header(RefitHeader header);

  /** Tells of the epochs of training. */
  Progress progress();

  /** Tells of the epochs of a refit. */
  Progress refitProgress();

  /** The run is done. */
  void finished(RunSummary summary);

  /** The run was done before, and there is nothing to resume. */
  void alreadyFinished(RunFolder folder, RunResult result);
}
