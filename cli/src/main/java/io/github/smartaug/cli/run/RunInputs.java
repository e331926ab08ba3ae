package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.cli.options.ChosenModel;
import io.github.smartaug.cli.options.ModelChoice;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.SplitFile;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.nn.ScriptFailedException;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.MemoryNeed;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.JointTrainer;
import io.github.smartaug.train.PassCounts;
import io.github.smartaug.train.Refit;
import io.github.smartaug.train.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * Everything that a run starts from, read and checked. Owns the policy's tensors and the device.
 */
final class RunInputs implements AutoCloseable {
  private final Arena arena = new Arena();
  private final DatasetBundle source;
  private final DatasetBundle used;
  private final ChosenModel model;
  private final Augmenter augmenter;
  private final int batchSize;
  private final List<String> leftOut;
  private final TrainingData data;
  private final Device device;
  private final ComputationChoice computation;
  private final TrainingOptions trainingOptions;

  /**
   * Reads all inputs.
   *
   * @param choice the model
   * @param split in which the run has written its split, for one that goes on
   * @param chooser chooses how the model computes; empty for a run in which that was chosen
   * @throws IllegalArgumentException if one of them is missing or wrong
   */
  RunInputs(
      TrainOptions options,
      ModelChoice choice,
      Optional<Path> split,
      Optional<ComputationChooser> chooser) {
    try (TensorScope scope = TensorScope.open()) {
      device = arena.hold(Devices.parse(options.run().device()));
      source = LoadingProgress.load(options.data(), System.err);
      used =
          split
              .map(file -> SplitFile.select(file, source))
              .orElseGet(() -> options.data().select(source, options.run().seed()));
      augmenter = options.augmentation().createAugmenter(used.shape(), used.classNames().size());
      batchSize = options.training().batchSize(used.training().size());
      requireImageMemory(options);
      leftOut = options.augmentation().leftOut(augmenter, used.shape());
      ChosenModel made =
          options.fineTuning().applyTo(choice.create(used, device), used, options.run().seed());
      made.model().heldBy(arena);
      requireFormat(options, made.model());
      // Before anything is measured, which takes batches of this size.
      data = trainable(made.model(), used.batches(batchSize, options.run().seed()));
      TrainingOptions inFull =
          options.toTrainingOptions(used.training().classCounts(), Precision.FLOAT32);
      Model trained = requireRecomputable(inFull, made.model());
      computation =
          chooser
              .map(
                  some ->
                      some.choose(
                          options.computation(), work(options, inFull, made.name(), trained)))
              .orElseGet(() -> ComputationChoice.asked(options.computation(), made.model()));
      model = made.with(computation.computation().arranged(made.model()), List.of());
      trainingOptions =
          options.toTrainingOptions(
              used.training().classCounts(), computation.computation().precision());
      requireRefittable(options);
      requireStepMemory();
      arena.hold(augmenter.parameters());
    }
  }

  /** The images of a step and their copies, before there is a model. */
  private void requireImageMemory(TrainOptions options) {
    if (device.is_cpu()) {
      ImageShape shape = used.shape();
      int images = Math.min(batchSize, used.training().size());
      double values = (double) images * shape.channels() * shape.height() * shape.width();
      MemoryNeed.requireOfMachine(
          String.format(
              Locale.ROOT,
              "--batch-size, --copies: %d images %s with %d augmented copies of each",
              images,
              shape,
              options.loss().copies()),
          values * (1 + options.loss().copies()) * Float.BYTES);
    }
  }

  private static void requireFormat(TrainOptions options, Model model) {
    options
        .computation()
        .memoryFormat()
        .filter(format -> model.ownFormat().isEmpty())
        .ifPresent(
            format -> {
              throw new IllegalArgumentException(
                  "--memory-format: given, allowed with --model "
                      + options.data().model().text()
                      + ": auto; the file says in which order it computes");
            });
  }

  private ComputationChooser.Work work(
      TrainOptions options, TrainingOptions inFull, String name, Model trained) {
    return new ComputationChooser.Work(
        name + " with values " + inFull.controls().innerValues(),
        trained,
        batchSize,
        PassCounts.of(inFull, augmenter, data, batchSize),
        options.run().device());
  }

  private void requireRefittable(TrainOptions options) {
    if (options.controls().refits()) {
      try {
        Refit.requirePossible(augmenter, trainingOptions);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--" + e.getMessage(), e);
      }
    }
  }

  /** The model as its gradients are computed. */
  private static Model requireRecomputable(TrainingOptions inFull, Model model) {
    try {
      return inFull.controls().trained(model);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--recompute-activations: " + e.getMessage(), e);
    }
  }

  /** And what the model makes of them. */
  private void requireStepMemory() {
    if (device.is_cpu()) {
      try {
        StepMemory.of(trainingOptions, augmenter, batchSize, data.training().batches())
            .require(trainingOptions.controls().trained(model.model()));
      } catch (ScriptFailedException e) {
        throw new IllegalArgumentException("--model " + e.getMessage(), e);
      }
    }
  }

  private static TrainingData trainable(Model model, TrainingData batches) {
    try {
      return JointTrainer.trainable(model, batches);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--batch-size: " + e.getMessage(), e);
    }
  }

  /** All images of the data set. */
  DatasetBundle source() {
    return source;
  }

  /** Those that the run uses. */
  DatasetBundle used() {
    return used;
  }

  Model model() {
    return model.model();
  }

  /** The model, and where it is from. */
  ChosenModel chosenModel() {
    return model;
  }

  /** How the model computes, and why. */
  ComputationChoice computation() {
    return computation;
  }

  /** The options of the library's trainer. */
  TrainingOptions trainingOptions() {
    return trainingOptions;
  }

  /** The policy before the first step. */
  Augmenter augmenter() {
    return augmenter;
  }

  /** Images per step. */
  int batchSize() {
    return batchSize;
  }

  /** Transforms that the policy is without, because they can do nothing to the images. */
  List<String> leftOut() {
    return leftOut;
  }

  TrainingData data() {
    return data;
  }

  Device device() {
    return device;
  }

  @Override
  public void close() {
    arena.close();
  }
}
