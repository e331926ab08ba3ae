package io.github.smartaug.cli.run;

import io.github.smartaug.run.RunFolder;
import io.github.smartaug.train.JointTrainer;

/** A trainer that is asked to end with the step that it is at. */
final class StoppableTraining implements Stoppable {
  private final JointTrainer trainer;
  private final RunFolder folder;
  private volatile boolean ended;

  StoppableTraining(JointTrainer trainer, RunFolder folder) {
    this.trainer = trainer;
    this.folder = folder;
  }

  /** Training is over: what is left is to write its results. */
  void ended() {
    ended = true;
  }

  @Override
  public void stop() {
    trainer.stop();
  }

  @Override
  public String happens() {
    return ended
        ? "training is over and its results are being written"
        : "stopping after this step, then the run is saved";
  }

  @Override
  public String saved() {
    return folder
        .checkpoints()
        .last()
        .map(path -> "the last checkpoint is " + path.getFileName())
        .orElse("nothing is saved yet");
  }
}
