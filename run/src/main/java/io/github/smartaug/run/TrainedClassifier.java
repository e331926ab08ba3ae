package io.github.smartaug.run;

import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The model of a run, ready to classify images: its weights after the best epoch, the normalisation
 * of its training images, and the names of its classes.
 *
 * <p>Owns its tensors until it is closed. Safe for use by several threads until then.
 */
public final class TrainedClassifier implements AutoCloseable {
  private final Arena arena;
  private final RunConfig config;
  private final Model model;
  private final StoredWeights weights;
  private final Device device;

  private TrainedClassifier(
      Arena arena, RunConfig config, Model model, StoredWeights weights, Device device) {
    this.arena = arena;
    this.config = config;
    this.model = model;
    this.weights = weights;
    this.device = device;
  }

  /**
   * Loads the model of a run onto the CPU.
   *
   * @param runFolder as {@code smartaug train} or {@link RunWriter} left it
   * @throws IllegalArgumentException if it is not the folder of a run, or a file is missing,
   *     damaged, of another model, or holds numbers that are not finite; the message names the file
   */
  public static TrainedClassifier load(Path runFolder) {
    return load(runFolder, "cpu");
  }

  /**
   * Loads the model of a run.
   *
   * @param deviceName as {@link Devices#parse} takes it
   * @throws IllegalArgumentException as {@link #load(Path)}, or if there is no such device
   */
  public static TrainedClassifier load(Path runFolder, String deviceName) {
    RunFolder folder = RunFolder.ofRun(runFolder);
    RunConfig config = folder.config();
    folder.requireFile(RunFile.MODEL);
    Arena arena = new Arena();
    try (TensorScope scope = TensorScope.open()) {
      Device device = arena.hold(Devices.parse(deviceName));
      Model model = model(folder, config, device).heldBy(arena);
      StoredWeights weights = StoredWeights.read(folder.file(RunFile.MODEL), config, model, device);
      return new TrainedClassifier(arena, config, model, weights.heldBy(arena), device);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static Model model(RunFolder folder, RunConfig config, Device device) {
    RunModel recorded = config.model();
    if (recorded.sha256().isPresent()) {
      folder.requireFile(RunFile.ARCHITECTURE);
      Path file = folder.file(RunFile.ARCHITECTURE);
      ModelFile.of(file).requireUnchanged(recorded);
      return TorchScriptModel.read(file, recorded.input(), recorded.classes(), device);
    }
    try {
      return Models.create(recorded.name(), recorded.input(), recorded.classes());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(folder.file(RunFile.CONFIG) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Probabilities of the classes.
   *
   * @param images float [B,C,H,W] in [0,1], not normalised, of the shape {@link #input()}
   * @return float [B,classes] on the CPU, rows that add up to 1, in the current scope
   * @throws IllegalArgumentException if the images are of another shape
   */
  public Tensor classify(Tensor images) {
    input().requireBatch(images);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor onDevice = images.to(device, weights.elementType());
      Model.Output output =
          model.forward(
              normalization().normalize(onDevice),
              weights.parameters(),
              weights.buffers(),
              Mode.evaluation());
      return scope.keep(output.logits().softmax(1).cpu());
    }
  }

  /**
   * Classifies one image.
   *
   * @param pixels [C,H,W] in [0,1], of the shape {@link #input()}
   * @throws IllegalArgumentException if the number of pixels is another
   */
  public Prediction classify(float[] pixels) {
    ImageShape shape = input();
    int size = shape.channels() * shape.height() * shape.width();
    if (pixels.length != size) {
      throw new IllegalArgumentException(
          "image: " + pixels.length + " values, allowed: " + size + " as in " + shape);
    }
    try (TensorScope scope = TensorScope.open()) {
      return predict(Tensors.of(pixels, 1, shape.channels(), shape.height(), shape.width()));
    }
  }

  /**
   * Classifies a picture of any size and type: it is brought to {@link #input()} as {@code
   * --image-size} brings training images to their size; colours become grey where the model takes
   * grey images, transparency is laid over white.
   */
  public Prediction classify(BufferedImage picture) {
    try (TensorScope scope = TensorScope.open()) {
      return predict(DecodedImage.of(picture).as(input()).toTensor());
    }
  }

  private Prediction predict(Tensor image) {
    return new Prediction(classNames(), Tensors.toDoubles(classify(image)));
  }

  /** Measures the model on all batches of a source, whose images are taken as they are. */
  public Evaluation evaluate(BatchSource source) {
    return evaluator().evaluate(weights.parameters(), weights.buffers(), source.on(device));
  }

  /** Measures predictions from augmented copies of each image. */
  public Evaluation evaluate(BatchSource source, TestTimeAugmentation augmentation) {
    return evaluator()
        .evaluate(weights.parameters(), weights.buffers(), source.on(device), augmentation);
  }

  private Evaluator evaluator() {
    return new Evaluator(model, normalization());
  }

  /** The shape of images that the model takes. */
  public ImageShape input() {
    return model.input();
  }

  /** Name of class 0, 1, ... */
  public List<String> classNames() {
    return config.data().classNames();
  }

  /** Of the training images. */
  public Normalization normalization() {
    return config.data().normalization();
  }

  /** What the run was. */
  public RunConfig config() {
    return config;
  }

  /** Frees the model; further calls fail. */
  @Override
  public void close() {
    arena.close();
  }
}
