package io.github.smartaug.cli.run;

import io.github.smartaug.run.RunFolder;
import io.github.smartaug.train.JointTrainer;

/** Trainers, one after the other, that are asked to end with the step that they are at. */
final class StoppableTraining implements Stoppable {
  private final RunFolder folder;
  private JointTrainer trainer;
  private boolean stopped;
  private volatile boolean ended;

  StoppableTraining(JointTrainer trainer, RunFolder folder) {
    this.trainer = trainer;
    this.folder = folder;
  }

  /** Another trainer goes on; a request to stop that came between the two is for it. */
  synchronized void goesOnWith(JointTrainer next) {
    trainer = next;
    if (stopped) {
      next.stop();
    }
  }

  /** Training is over: what is left is to write its results. */
  void ended() {
    ended = true;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
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
        .refitCheckpoints()
        .last()
        .or(() -> folder.checkpoints().last())
        .map(path -> "the last checkpoint is " + path.getFileName())
        .orElse("nothing is saved yet");
  }
}
