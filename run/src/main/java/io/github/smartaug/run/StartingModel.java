package io.github.smartaug.run;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.PretrainedModel;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The model of a run as the start of another one (fine-tuning): its architecture, with its weights.
 * The images are normalised as those of the new run are, so that the model goes on to see values of
 * mean 0 and deviation 1.
 *
 * @param name of the architecture, as {@link Models} has it
 * @param weights the file that the weights are from
 * @param model whose training begins with these weights
 */
public record StartingModel(String name, ModelFile weights, Model model) {
  /**
   * Reads weights in the folder of a run.
   *
   * @param file {@code model.safetensors}, what the run trained, or {@code initial.safetensors},
   *     what it began with
   * @param input shape of the images that the new run trains on
   * @param classes of these images
   * @return the model in the current scope; see {@link Model#heldBy}
   * @throws IllegalArgumentException if the file is missing or damaged, is not in the folder of a
   *     run, or the model is a TorchScript file or takes other images or classes
   */
  public static StartingModel read(Path file, ImageShape input, int classes) {
    RunFolder folder = RunFolder.ofRun(file.toAbsolutePath().getParent());
    RunModel trained = folder.config().model();
    requireFitting(trained, input, classes, folder);
    try (TensorScope scope = TensorScope.open()) {
      Model architecture = architecture(trained.name(), input, classes, folder);
      if (!input.equals(trained.input())) {
        requireSameSizes(architecture, trained, folder);
      }
      StoredWeights weights = StoredWeights.read(file, architecture);
      return new StartingModel(
          trained.name(),
          ModelFile.of(file),
          new PretrainedModel(
              architecture, scope.keep(weights.parameters()), scope.keep(weights.buffers())));
    }
  }

  private static void requireFitting(
      RunModel trained, ImageShape input, int classes, RunFolder folder) {
    if (trained.sha256().isPresent()) {
      throw new IllegalArgumentException(
          "%s: the run of a TorchScript model, allowed: its %s"
              .formatted(folder.path(), RunFile.TRAINED.path()));
    }
    if (trained.classes() != classes) {
      throw new IllegalArgumentException(
          "%s: a model of %d classes, the images have %d, allowed: images of as many classes"
              .formatted(folder.path(), trained.classes(), classes));
    }
    if (trained.input().channels() != input.channels()) {
      throw new IllegalArgumentException(
          "%s: a model of images %s, allowed: images of as many channels, not %s"
              .formatted(folder.path(), trained.input(), input));
    }
  }

  private static Model architecture(String name, ImageShape input, int classes, RunFolder folder) {
    try {
      return Models.create(name, input, classes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(folder.path() + ": " + e.getMessage(), e);
    }
  }

  /** Convolutions take images of any size, linear layers may not. */
  private static void requireSameSizes(Model here, RunModel trained, RunFolder folder) {
    Model there = architecture(trained.name(), trained.input(), trained.classes(), folder);
    NamedTensors wanted = here.initialParameters(RandomStream.seeded(0));
    NamedTensors had = there.initialParameters(RandomStream.seeded(0));
    for (String name : wanted.names()) {
      if (!Arrays.equals(wanted.get(name).shape(), had.get(name).shape())) {
        throw new IllegalArgumentException(
            "%s: a model of images %s, whose weights are for that size, allowed: such images, not %s"
                .formatted(folder.path(), trained.input(), here.input()));
      }
    }
  }
}
