package io.github.smartaug.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.cli.console.JsonEvents;
import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunJson;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import java.util.Map;

/** Objects for programs. The names are fixed: they are those of the files of a run. */
final class JsonRunOutput implements RunOutput {
  private final JsonEvents events;

  JsonRunOutput(JsonEvents events) {
    this.events = events;
  }

  @Override
  public TrainingListener header(RunHeader header) {
    return RunOutput.atStart(plan -> events.write("started", header.fields(plan)));
  }

  @Override
  public TrainingListener header(RefitHeader header) {
    return RunOutput.atStart(plan -> events.write("refit_started", header.fields(plan)));
  }

  @Override
  public Progress progress() {
    return Progress.of(events, "epoch");
  }

  @Override
  public Progress refitProgress() {
    return Progress.of(events, "refit_epoch");
  }

  /** The result without its log, whose lines were said before. */
  @Override
  public void alreadyFinished(RunFolder folder, RunResult result) {
    ObjectNode content = (ObjectNode) RunJson.tree(Map.of("run", folder.path().toString()));
    content.setAll((ObjectNode) RunJson.tree(result));
    content.remove("log");
    events.write("finished", content);
  }
}
