package io.github.smartaug.run;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.data.SplitFile;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.nn.FrozenModel;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.run.RunFolder.EarlierRun;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.train.CheckpointWriter;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.Refit;
import io.github.smartaug.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the files of a run as {@code smartaug train} leaves them, but for the pictures: {@link
 * #train} in one call, or {@link #begin} before training and {@link #finish} after it.
 */
public final class RunWriter {
  private final RunFolder folder;
  private final RunDescription run;
  private Optional<Duration> checkpointInterval = Optional.empty();

  /** Writes into that folder. */
  public RunWriter(RunFolder folder, RunDescription run) {
    this.folder = folder;
    this.run = run;
  }

  /**
   * Writes into a new or empty folder.
   *
   * @throws IllegalArgumentException if it is not empty, is no folder, or cannot be written
   */
  public static RunWriter into(Path folder, RunDescription run) {
    return new RunWriter(RunFolder.check(folder, EarlierRun.KEEP), run);
  }

  /**
   * The whole run: {@link #begin}, training, and {@link #finish}.
   *
   * @param trainer of what the description says, not yet trained
   * @return what {@code result.json} says
   * @throws IOException if writing fails; what was written so far stays
   * @throws io.github.smartaug.train.DivergedException if a loss or a gradient is not finite
   * @throws java.util.concurrent.CancellationException if the trainer was stopped
   */
  public RunResult train(JointTrainer trainer) throws IOException {
    try (RunLock lock = folder.lock()) {
      begin(trainer);
      try (TrainingResult result = trainer.train()) {
        return finish(result);
      }
    }
  }

  /** Saves the run within an epoch, too, when that much time has passed since the last time. */
  public RunWriter checkpointEvery(Duration least) {
    checkpointInterval = Optional.of(least);
    return this;
  }

  /**
   * Makes the folder, describes the run in it, and has the trainer log every epoch and save its
   * state.
   *
   * @throws IllegalArgumentException if the operating system refuses the folder
   * @throws IOException if writing fails
   */
  public void begin(JointTrainer trainer) throws IOException {
    folder.create();
    writeReadme(false);
    if (run.modelFile().isPresent()) {
      run.modelFile().get().copyTo(folder.file(RunFile.ARCHITECTURE));
    }
    if (run.initialWeights().isPresent()) {
      run.initialWeights().get().copyTo(folder.file(RunFile.INITIAL));
    }
    AtomicFile.write(folder.file(RunFile.SPLIT), out -> SplitFile.write(run.images(), out));
    run.config(folder.path()).write(folder.file(RunFile.CONFIG));
    writeReadme(false);
    listenTo(trainer);
  }

  /**
   * Writes {@code README.txt}: what the run is, and what each of its files holds.
   *
   * @param ended whether no more files will come
   * @throws IOException if writing fails; an earlier file is as it was then
   */
  public void writeReadme(boolean ended) throws IOException {
    AtomicFile.write(folder.file(RunFile.README), run.readme(folder.present(), ended));
  }

  /**
   * Has the trainer go on from the last checkpoint in the folder, log every epoch and save its
   * state. The checkpoint is read into the current {@link io.github.smartaug.tensor.TensorScope},
   * which must be open until training ends.
   *
   * @throws IllegalArgumentException if the checkpoints are damaged
   * @throws IOException if a subfolder cannot be made
   */
  public void resume(JointTrainer trainer) throws IOException {
    folder.deleteTemporaryFiles();
    folder.checkpoints().readLast().ifPresent(trainer::resumeFrom);
    // Not before: a run that cannot go on is left as it was.
    folder.createSubfolders();
    listenTo(trainer);
  }

  private void listenTo(JointTrainer trainer) {
    listenTo(trainer, RunFile.LOG, folder.checkpoints());
  }

  private void listenTo(JointTrainer trainer, RunFile log, CheckpointFolder checkpoints) {
    CheckpointWriter writer = new CheckpointWriter(checkpoints);
    checkpointInterval.ifPresent(writer::every);
    trainer.addListener(new EpochLog(folder.file(log))).addListener(writer);
  }

  /**
   * The trainer of a {@link Refit}, which logs every epoch and saves its state, and goes on from
   * its last checkpoint, if there is one. That is read into the current {@link
   * io.github.smartaug.tensor.TensorScope}, which must be open until training ends.
   *
   * @param first the first training, which must live until the second has ended
   * @param batchSize images per step, as in the first training
   * @throws IllegalArgumentException if the checkpoints are damaged, or {@link
   *     Refit#requirePossible} says so
   */
  public JointTrainer refitter(TrainingResult first, int batchSize) {
    JointTrainer trainer =
        Refit.of(
                run.model(),
                run.augmenter(),
                first,
                run.images().batchesTogether(batchSize, run.seed()),
                run.options())
            .on(Devices.parse(run.config().platform().device()));
    CheckpointFolder checkpoints = folder.refitCheckpoints();
    checkpoints.readLast().ifPresent(trainer::resumeFrom);
    listenTo(trainer, RunFile.REFIT_LOG, checkpoints);
    return trainer;
  }

  /**
   * The model of a refit in the place of the first one, which is kept beside it.
   *
   * @throws IOException if writing fails
   */
  public void writeRefit(TrainingResult first, TrainingResult refitted) throws IOException {
    writeWeights(RunFile.BEFORE_REFIT, first);
    writeModelOf(refitted);
  }

  /**
   * Tests the model of the best epoch, and writes model, policy and result.
   *
   * @return what {@code result.json} says
   * @throws IOException if writing fails
   */
  public RunResult finish(TrainingResult result) throws IOException {
    writeModel(result);
    RunResult written = writeResult(result);
    folder.removeEmptySubfolders();
    writeReadme(true);
    return written;
  }

  /**
   * The first part of {@link #finish}: policy and model.
   *
   * @throws IOException if writing fails
   */
  public void writeModel(TrainingResult result) throws IOException {
    if (result.augmenter() instanceof LearnablePolicy policy) {
      new PolicyFile(policy, run.policyProvenance(), history(result))
          .write(folder.file(RunFile.POLICY));
    }
    writeModelOf(result);
  }

  private void writeModelOf(TrainingResult result) throws IOException {
    writeWeights(RunFile.MODEL, result);
    if (whole(run.model()) instanceof TorchScriptModel model) {
      model.write(folder.file(RunFile.TRAINED), weights(result));
    }
  }

  private void writeWeights(RunFile file, TrainingResult result) throws IOException {
    Safetensors.write(folder.file(file), weights(result), run.modelMetadata(result.bestEpoch()));
  }

  private static NamedTensors weights(TrainingResult result) {
    return result.parameters().with(result.buffers());
  }

  private static Model whole(Model model) {
    return model instanceof FrozenModel frozen ? frozen.whole() : model;
  }

  /** The policy before the first epoch and after each. */
  private List<PolicySnapshot> history(TrainingResult result) {
    return Stream.concat(
            Stream.of(run.augmenter().snapshot(0)),
            result.epochs().stream().map(EpochReport::policyParameters))
        .toList();
  }

  /**
   * The last part of {@link #finish}: tests the model and writes the result. A folder with a result
   * is that of a finished run, so everything else must be there.
   *
   * @throws IOException if writing fails
   */
  public RunResult writeResult(TrainingResult result) throws IOException {
    return write(result, Optional.empty(), result);
  }

  /**
   * As {@link #writeResult(TrainingResult)}, of a run whose model was refitted.
   *
   * @throws IOException if writing fails
   */
  public RunResult writeResult(TrainingResult first, TrainingResult refitted) throws IOException {
    int images = run.config().data().trainingImages() + run.config().data().validationImages();
    return write(first, Optional.of(new RefitResult.Training(refitted, images)), refitted);
  }

  private RunResult write(
      TrainingResult first, Optional<RefitResult.Training> refit, TrainingResult left)
      throws IOException {
    RunResult content =
        RunResult.of(
            first,
            refit,
            run.config().platform().device(),
            run.unreadable(),
            FinalTest.of(left, run));
    AtomicFile.write(folder.file(RunFile.RESULT), RunJson.document(content));
    return content;
  }
}
