package io.github.smartaug.cli.run;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.checkpoint.UnfitCheckpointException;
import io.github.smartaug.cli.console.PolicyTable;
import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.cli.options.ModelChoice;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.cli.run.RunFolder.EarlierRun;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.nn.ScriptFailedException;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.CheckpointWriter;
import io.github.smartaug.train.DivergedException;
import io.github.smartaug.train.EarlyStopping;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.TrainingResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A training run from the command line. Preparing it reads and checks everything and writes
 * nothing; {@link #execute} trains and fills the run folder.
 */
public final class TrainingRun implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final TrainOptions options;
  private final RunFolder folder;
  private final Start start;
  private final RunInputs inputs;
  private final RunDescription description;

  private enum Start {
    BEGIN,
    RESUME
  }

  private TrainingRun(
      TrainOptions options, RunOrigin origin, RunFolder folder, Start start, ModelChoice model) {
    this.options = options;
    this.folder = folder;
    this.start = start;
    this.inputs = new RunInputs(options, model);
    this.description = new RunDescription(options, origin, inputs, folder);
  }

  /**
   * Prepares a run that begins.
   *
   * @param options checked
   * @throws IllegalArgumentException if an option, a file or the run folder is wrong
   */
  public static TrainingRun begin(TrainOptions options, RunOrigin origin) {
    RunFolder folder =
        RunFolder.check(
            options.run().out().orElseGet(() -> defaultFolder(options, origin)),
            options.run().mayReplace() ? EarlierRun.REPLACE : EarlierRun.KEEP);
    options.data().model().file().ifPresent(folder::requireNotReplaced);
    options.run().threads().ifPresent(TorchRuntime::setThreads);
    return new TrainingRun(options, origin, folder, Start.BEGIN, options.data().model());
  }

  /**
   * Prepares a run that goes on.
   *
   * @param options those of the run
   * @param values the same by name
   * @throws IllegalArgumentException if a file is wrong, or the data is not that of the run
   */
  public static TrainingRun resume(
      TrainOptions options, RecordedRun recorded, Map<String, Object> values, RunFolder folder) {
    if (folder.checkpoints().isEmpty()) {
      throw new IllegalArgumentException(
          "--resume: " + folder.path() + " has no checkpoint (--force begins the run anew)");
    }
    TorchRuntime.setThreads(recorded.threads());
    ModelChoice model = copyIn(folder, options.data().model(), recorded);
    TrainingRun run =
        new TrainingRun(options, recorded.origin(values), folder, Start.RESUME, model);
    if (!run.description.contentHashes().equals(recorded.contentHashes())) {
      run.close();
      throw new IllegalArgumentException(
          "--resume: the images of " + options.data().dataset() + " are not those of the run");
    }
    return run;
  }

  private static ModelChoice copyIn(RunFolder folder, ModelChoice model, RecordedRun recorded) {
    Path copy = folder.file(RunFile.ARCHITECTURE);
    if (model.file().isPresent()) {
      ModelFile.of(copy).requireUnchanged(recorded.modelHash());
    }
    return model.readFrom(copy);
  }

  private static Path defaultFolder(TrainOptions options, RunOrigin origin) {
    String dataset = options.data().dataset().replaceFirst("[/\\\\]+$", "");
    String name =
        String.join(
            "-",
            dataset.substring(Math.max(dataset.lastIndexOf('/'), dataset.lastIndexOf('\\')) + 1),
            options.data().model().title(),
            options.augmentation().augmentation().title(),
            TIME.format(LocalDateTime.ofInstant(origin.started(), ZoneId.systemDefault())));
    return Path.of("runs", name);
  }

  /**
   * Trains, and writes the files of the run.
   *
   * @param out what the user sees
   * @throws CancellationException if the process was asked to end; the log is intact
   * @throws RunFailedException if training or writing fails; log and checkpoints are intact
   * @throws IllegalArgumentException if the checkpoint to go on from is damaged or unfit
   */
  public void execute(PrintStream out) {
    try (TensorScope scope = TensorScope.open()) {
      JointTrainer trainer =
          new JointTrainer(
                  inputs.model(),
                  inputs.augmenter(),
                  inputs.data(),
                  options.toTrainingOptions(inputs.used().training().classCounts()))
              .on(inputs.device());
      CheckpointFolder checkpoints = folder.checkpoints();
      switch (start) {
        case BEGIN -> writeDescription();
        case RESUME -> checkpoints.readLast().ifPresent(trainer::resumeFrom);
      }
      addListeners(trainer, checkpoints, out);
      execute(trainer, out);
    } catch (UncheckedIOException e) {
      throw new RunFailedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RunFailedException(
          folder.path() + ": cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private void writeDescription() throws IOException {
    folder.create();
    AtomicFile.write(folder.file(RunFile.README), description.readme());
    if (inputs.modelFile().isPresent()) {
      inputs.modelFile().get().copyTo(folder.file(RunFile.ARCHITECTURE));
    }
    AtomicFile.write(folder.file(RunFile.CONFIG), Json.document(description.config()));
  }

  private void addListeners(JointTrainer trainer, CheckpointFolder checkpoints, PrintStream out) {
    CheckpointWriter writer = new CheckpointWriter(checkpoints);
    options.run().checkpointInterval().ifPresent(writer::every);
    trainer
        .addListener(new RunHeader(out, options, inputs, folder.path()))
        .addListener(new EpochLog(folder.file(RunFile.LOG)))
        .addListener(writer);
    options
        .run()
        .earlyStopping()
        .ifPresent(
            patience -> trainer.addListener(new EarlyStopping(patience, trainer::endAfterEpoch)));
  }

  private void execute(JointTrainer trainer, PrintStream out) throws IOException {
    folder.createSubfolders();
    try (Interruption interruption = Interruption.callsWhenAsked(trainer::stop);
        TrainingResult result = train(trainer, out)) {
      FinalTest finalTest = FinalTest.of(result, inputs, options);
      writeResults(result, finalTest);
      summarize(result, finalTest, out);
    } finally {
      folder.removeEmptySubfolders();
    }
  }

  private TrainingResult train(JointTrainer trainer, PrintStream out) {
    try (Progress progress = Progress.on(out)) {
      return trainer.addListener(progress).train();
    } catch (CancellationException e) {
      throw new CancellationException(
          String.format(
              "interrupted: %s; to go on: smartaug train --resume --out %s",
              e.getMessage(), folder.path()));
    } catch (ScriptFailedException e) {
      throw new RunFailedException(e.getMessage(), e);
    } catch (DivergedException e) {
      throw new RunFailedException(e.getMessage() + "; log: " + folder.file(RunFile.LOG), e);
    } catch (UnfitCheckpointException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      // All input was checked: this is not the user's mistake.
      throw new RunFailedException("internal error: " + e.getMessage(), e);
    }
  }

  private void writeResults(TrainingResult result, FinalTest finalTest) throws IOException {
    if (result.augmenter() instanceof LearnablePolicy policy) {
      new PolicyFile(policy, description.policyProvenance(), history(result))
          .write(folder.file(RunFile.POLICY));
    }
    NamedTensors weights = result.parameters().with(result.buffers());
    Safetensors.write(
        folder.file(RunFile.MODEL), weights, description.modelMetadata(result.bestEpoch()));
    if (inputs.model() instanceof TorchScriptModel model) {
      model.write(folder.file(RunFile.TRAINED), weights);
    }
    new RunPictures(folder, inputs, description.title())
        .write(result.epochs(), result.augmenter(), options.run().seed());
    // Last, so that a folder with a result is complete.
    AtomicFile.write(
        folder.file(RunFile.RESULT),
        Json.document(RunResult.of(result, options.run().device(), finalTest)));
  }

  /** The policy before the first epoch and after each. */
  private List<PolicySnapshot> history(TrainingResult result) {
    return Stream.concat(
            Stream.of(inputs.augmenter().snapshot(0)),
            result.epochs().stream().map(EpochReport::policyParameters))
        .toList();
  }

  private void summarize(TrainingResult result, FinalTest finalTest, PrintStream out) {
    if (result.augmenter() instanceof LearnablePolicy policy) {
      out.println("learned policy:");
      PolicyTable.lines(result.last().policy(), Policies.withMagnitude(policy.transforms()))
          .forEach(out::println);
    }
    if (!result.last().learnedHyperparameters().isEmpty()) {
      out.println("learned hyperparameters: " + LearnedValues.line(result.last()));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "test accuracy %.2f %% (after epoch %d, the best on validation images; %.2f %% after"
                + " the last)",
            100 * result.best().testAccuracy(),
            result.bestEpoch(),
            100 * result.last().testAccuracy()));
    finalTest
        .augmented()
        .ifPresent(
            augmented ->
                out.println(
                    String.format(
                        Locale.ROOT,
                        "test accuracy %.2f %% from %d augmented copies of each image",
                        100 * augmented.accuracy(),
                        options.controls().testTimeCopies())));
    int epochs = result.epochs().size();
    if (epochs < options.training().epochs()) {
      out.println("ended early after epoch " + epochs + ", validation accuracy stopped rising");
    }
    out.println("run folder " + folder.path());
  }

  @Override
  public void close() {
    inputs.close();
  }
}
