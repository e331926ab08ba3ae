package io.github.smartaug.cli.run;

import io.github.smartaug.checkpoint.UnfitCheckpointException;
import io.github.smartaug.cli.console.OutputStyle;
import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.options.ChosenModel;
import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.cli.options.ModelChoice;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.UnreadableImageException;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.nn.ScriptFailedException;
import io.github.smartaug.run.CommandText;
import io.github.smartaug.run.InputFiles;
import io.github.smartaug.run.ModelFile;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunDescription;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunFolder.EarlierRun;
import io.github.smartaug.run.RunLock;
import io.github.smartaug.run.RunOrigin;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.RunWriter;
import io.github.smartaug.run.report.ReportListener;
import io.github.smartaug.run.tensorboard.TensorBoardListener;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.DivergedException;
import io.github.smartaug.train.EarlyStopping;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.TrainingResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run from the command line. Preparing it reads and checks everything and writes
 * nothing; {@link #execute} trains and fills the run folder.
 */
public final class TrainingRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final TrainOptions options;
  private final RunFolder folder;
  private final Start start;
  private final RunInputs inputs;
  private final RunDescription description;

  private enum Start {
    BEGIN,
    BEGIN_UNSAVED,
    RESUME
  }

  private TrainingRun(
      TrainOptions options,
      RunOrigin origin,
      RunFolder folder,
      Start start,
      ModelChoice model,
      Optional<Path> split,
      Optional<InputFiles> recorded) {
    this.options = options;
    this.folder = folder;
    this.start = start;
    this.inputs =
        new RunInputs(
            options,
            model,
            split,
            start == Start.RESUME
                ? Optional.empty()
                : Optional.of(ComputationChooser.ofThisMachine()));
    InputFiles files = recorded.orElseGet(() -> InputFiles.of(options.inputFiles()));
    this.description = describe(options, origin, inputs, files);
  }

  private static RunDescription describe(
      TrainOptions options, RunOrigin origin, RunInputs inputs, InputFiles files) {
    ChosenModel model = inputs.chosenModel();
    RunDescription.Builder description =
        RunDescription.builder()
            .setImages(inputs.used(), inputs.data())
            .setModel(model.name(), model.model())
            .setAugmenter(inputs.augmenter())
            .setOptions(inputs.trainingOptions())
            .optOrigin(inUse(origin, options, inputs))
            .optSource(inputs.source())
            .optAugmentation(options.augmentation().augmentation().title())
            .optDevice(options.run().device())
            .optTestTimeCopies(options.controls().testTimeCopies());
    model.script().ifPresent(description::optModelFile);
    model.weights().ifPresent(description::optInitialWeights);
    return description.optInputFiles(files).build();
  }

  /**
   * What was chosen by the data or the policy is recorded, so that the run can be repeated, and the
   * paths of files are, so that it can be from every working directory.
   */
  private static RunOrigin inUse(RunOrigin origin, TrainOptions options, RunInputs inputs) {
    Map<String, Object> values = new LinkedHashMap<>(origin.options());
    values.put("batch-size", inputs.batchSize());
    values.putAll(ComputationOptions.recorded(inputs.computation().computation()));
    values.put("transforms", options.augmentation().transforms());
    values.putAll(options.inputPaths());
    return new RunOrigin(origin.started(), origin.command(), values);
  }

  /**
   * Prepares a run that begins.
   *
   * @param options checked
   * @throws IllegalArgumentException if an option, a file or the run folder is wrong
   */
  public static TrainingRun begin(TrainOptions options, RunOrigin origin) {
    return begin(options, origin, Start.BEGIN);
  }

  /**
   * Prepares a run that was to go on, but of which nothing was saved: it begins.
   *
   * @throws IllegalArgumentException as {@link #begin}
   */
  public static TrainingRun beginUnsaved(TrainOptions options, RunOrigin origin) {
    return begin(options, origin, Start.BEGIN_UNSAVED);
  }

  private static TrainingRun begin(TrainOptions options, RunOrigin origin, Start start) {
    RunFolder folder =
        OutFolder.forNewRun(
            options,
            origin,
            start == Start.BEGIN_UNSAVED ? EarlierRun.REPLACE : earlierRun(options));
    options.run().threads().ifPresent(TorchRuntime::setThreads);
    ModelChoice model = options.data().model();
    return new TrainingRun(
        options, origin, folder, start, model, Optional.empty(), Optional.empty());
  }

  private static EarlierRun earlierRun(TrainOptions options) {
    return options.run().mayReplace() ? EarlierRun.REPLACE : EarlierRun.KEEP;
  }

  /**
   * Prepares a run that goes on.
   *
   * @param options those of the run
   * @param recorded what the run is
   * @param values the options by name
   * @throws IllegalArgumentException if a file is wrong, or the data is not that of the run
   */
  public static TrainingRun resume(
      TrainOptions options, RunConfig recorded, Map<String, Object> values, RunFolder folder) {
    OutFolder.requireFree(folder.path());
    recorded.inputFiles().requireUnchanged(options.augmentation().inputFiles());
    recorded.inputFiles().requireUnchanged(options.fineTuning().inputFiles());
    TorchRuntime.setThreads(recorded.platform().threads());
    ModelChoice model = copyIn(folder, options.data().model(), recorded);
    TrainingRun run =
        new TrainingRun(
            options,
            new RunOrigin(recorded.started(), recorded.command(), values),
            folder,
            Start.RESUME,
            model,
            splitIn(folder, recorded),
            Optional.of(recorded.inputFiles()));
    if (!run.description.config().data().contentHashes().equals(recorded.data().contentHashes())) {
      run.close();
      throw new IllegalArgumentException(
          "--resume: the images of "
              + options.data().dataset()
              + " have changed since the run began, allowed: the same images");
    }
    return run;
  }

  /** The file in which a run wrote its split; runs of earlier versions wrote none. */
  private static Optional<Path> splitIn(RunFolder folder, RunConfig recorded) {
    if (recorded.data().splitHash().isEmpty()) {
      return Optional.empty();
    }
    folder.requireSplit(recorded.data());
    return Optional.of(folder.file(RunFile.SPLIT));
  }

  private static ModelChoice copyIn(RunFolder folder, ModelChoice model, RunConfig recorded) {
    if (model.isScript()) {
      Path copy = folder.file(RunFile.ARCHITECTURE);
      ModelFile.of(copy).requireUnchanged(recorded.model());
      return model.readFrom(copy);
    }
    Path copy = folder.file(RunFile.INITIAL);
    if (model.file().isPresent()) {
      recorded.inputFiles().requireUnchanged(Map.of("model", copy));
    }
    return model.readFrom(copy);
  }

  /**
   * Trains, and writes the files of the run.
   *
   * @param out gets what is said
   * @param style in which it is said
   * @throws CancellationException if the process was asked to end; the log is intact
   * @throws RunFailedException if training or writing fails; log and checkpoints are intact
   * @throws IllegalArgumentException if the checkpoint to go on from is damaged or unfit
   */
  public void execute(PrintStream out, OutputStyle style) {
    RunOutput output = RunOutput.on(out, style);
    try (RunLock lock = OutFolder.lock(folder);
        TensorScope scope = TensorScope.open()) {
      JointTrainer trainer =
          new JointTrainer(
                  inputs.model(), inputs.augmenter(), inputs.data(), inputs.trainingOptions())
              .on(inputs.device());
      checkModel(trainer);
      if (start != Start.BEGIN && folder.checkpoints().isEmpty()) {
        output.nothingSaved(folder);
      }
      RunWriter writer = new RunWriter(folder, description);
      options.run().checkpointInterval().ifPresent(writer::checkpointEvery);
      trainer.addListener(output.header(new RunHeader(options, inputs, folder.path())));
      switch (start) {
        case BEGIN, BEGIN_UNSAVED -> begin(writer, trainer);
        case RESUME -> writer.resume(trainer);
      }
      options
          .run()
          .earlyStopping()
          .ifPresent(
              patience -> trainer.addListener(new EarlyStopping(patience, trainer::endAfterEpoch)));
      execute(trainer, writer, output);
    } catch (UncheckedIOException e) {
      throw new RunFailedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RunFailedException(
          folder.path() + ": cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private void checkModel(JointTrainer trainer) {
    try {
      trainer.checkModel();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--model " + options.data().model().text() + ": " + e.getMessage(), e);
    }
  }

  /** Another run may have filled the folder since it was checked. */
  private void begin(RunWriter writer, JointTrainer trainer) throws IOException {
    boolean unsaved = start == Start.BEGIN_UNSAVED && RunFolder.isUnsaved(folder.path());
    OutFolder.check(folder.path(), unsaved ? EarlierRun.REPLACE : earlierRun(options));
    try {
      writer.begin(trainer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--out: " + e.getMessage(), e);
    }
  }

  private void execute(JointTrainer trainer, RunWriter writer, RunOutput output)
      throws IOException {
    StoppableTraining training = new StoppableTraining(trainer, folder);
    ReportListener page = new ReportListener(folder);
    TensorBoardListener events =
        new TensorBoardListener(folder.file(RunFile.TENSORBOARD), description.config().started());
    trainer.addListener(events).addListener(page);
    try (Interruption interruption = Interruption.of(training);
        TrainingResult result = train(trainer, output.progress())) {
      writer.writeModel(result);
      RunResult written =
          options.controls().refits()
              ? refit(result, writer, training, output)
              : finish(result, writer, training);
      events.pictures(RunFile.pictures().stream().map(folder::file).toList());
      output.finished(new RunSummary(options, folder, result, written, inputs.augmenter()));
    } finally {
      folder.removeEmptySubfolders();
      page.ended();
      listFiles(writer);
    }
  }

  /**
   * What keeps the list from being written is no reason for the run to fail, or fails it anyway.
   */
  private void listFiles(RunWriter writer) {
    try {
      writer.writeReadme(folder.isFinished());
    } catch (IOException e) {
      LOG.warn("{}: {}", folder.file(RunFile.README), FileFailure.reason(e));
    }
  }

  private RunResult finish(TrainingResult result, RunWriter writer, StoppableTraining training)
      throws IOException {
    training.ended();
    drawPictures(result);
    return withMistakes(writer.writeResult(result));
  }

  /** Trains a fresh model, which takes the place of the first one. */
  private RunResult refit(
      TrainingResult first, RunWriter writer, StoppableTraining training, RunOutput output)
      throws IOException {
    JointTrainer refitter =
        writer
            .refitter(first, inputs.batchSize())
            .addListener(output.header(new RefitHeader(inputs)));
    training.goesOnWith(refitter);
    try (TrainingResult refitted = train(refitter, output.refitProgress())) {
      training.ended();
      writer.writeRefit(first, refitted);
      drawPictures(first);
      return withMistakes(writer.writeResult(first, refitted));
    }
  }

  private void drawPictures(TrainingResult result) throws IOException {
    pictures().write(result.epochs(), result.augmenter(), options.run().seed());
  }

  private RunResult withMistakes(RunResult written) throws IOException {
    pictures().write(written.test().mistakes());
    return written;
  }

  private RunPictures pictures() {
    return new RunPictures(folder, inputs, description.title());
  }

  /** The progress is closed. */
  private TrainingResult train(JointTrainer trainer, Progress progress) {
    try (progress) {
      return trainer.addListener(progress).train();
    } catch (CancellationException e) {
      throw new CancellationException(
          String.format(
              "interrupted: %s; to go on: %s",
              e.getMessage(),
              CommandText.of("train", "--resume", "--out", folder.path().toString())));
    } catch (ScriptFailedException e) {
      throw new RunFailedException(e.getMessage(), e);
    } catch (DivergedException e) {
      throw new RunFailedException(e.getMessage() + "; log: " + folder.file(RunFile.LOG), e);
    } catch (UnreadableImageException e) {
      throw new RunFailedException(
          "%s; what was saved is kept in %s".formatted(e.getMessage(), folder.path()), e);
    } catch (UnfitCheckpointException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      // All input was checked: this is not the user's mistake.
      throw new RunFailedException("internal error: " + e.getMessage(), e);
    }
  }

  /** Says that a run is done, and needs not go on. */
  public static void alreadyFinished(RunFolder folder, PrintStream out, OutputStyle style) {
    RunOutput.on(out, style).alreadyFinished(folder, folder.result());
  }

  @Override
  public void close() {
    inputs.close();
  }
}
