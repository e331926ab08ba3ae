package io.github.smartaug.run;

import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The model of a run, ready to classify images: its weights after the best epoch, the normalisation
 * of its training images, and the names of its classes. It computes in the run's precision.
 *
 * <p>Owns its tensors until it is closed. Safe for use by several threads until then.
 */
public final class TrainedClassifier implements AutoCloseable {
  private static final int FILES_AT_ONCE = 64;

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
      Model computing = config.model().computation().of(model);
      return new TrainedClassifier(arena, config, computing, weights.heldBy(arena), device);
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
   * Probabilities of the classes, averaged over augmented copies of each image. They follow from
   * the seed and from the pixels of an image, and not from the images beside it.
   *
   * @param images as {@link #classify(Tensor)} takes them, at least one
   * @return float [B,classes] on the CPU, rows that add up to 1, in the current scope
   * @throws IllegalArgumentException if the images are of another shape, or of a kind that the
   *     augmentation does not take
   */
  public Tensor classify(Tensor images, TestTimeAugmentation augmentation) {
    input().requireBatch(images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor onDevice = images.to(device, weights.elementType());
      Tensor probabilities =
          evaluator()
              .probabilities(weights.parameters(), weights.buffers(), onDevice, augmentation);
      return scope.keep(probabilities.cpu());
    }
  }

  /**
   * Classifies image files of any size and type, each brought to {@link #input()} as {@link
   * #classify(BufferedImage)} does it. Files are decoded on all cores, some at a time, so that any
   * number of them needs little memory.
   *
   * @return a prediction for each, in the same order
   * @throws IllegalArgumentException if a file cannot be read as an image, which the message names,
   *     or the model takes images of other than 1 or 3 channels
   */
  public List<Prediction> classify(List<Path> files) {
    return classify(files, this::classify);
  }

  /**
   * The same, averaged over augmented copies as {@link #classify(Tensor, TestTimeAugmentation)}.
   */
  public List<Prediction> classify(List<Path> files, TestTimeAugmentation augmentation) {
    return classify(files, images -> classify(images, augmentation));
  }

  private List<Prediction> classify(List<Path> files, UnaryOperator<Tensor> probabilities) {
    Resizing reading = resizing();
    List<Prediction> predictions = new ArrayList<>();
    for (int first = 0; first < files.size(); first += FILES_AT_ONCE) {
      List<DecodedImage> images =
          files.subList(first, Math.min(first + FILES_AT_ONCE, files.size())).parallelStream()
              .map(file -> ImageDecoder.decode(file, reading))
              .toList();
      try (TensorScope scope = TensorScope.open()) {
        Tensor batch = DecodedImage.batch(images);
        predictions.addAll(predictions(probabilities.apply(batch)));
      }
    }
    return predictions;
  }

  /**
   * What the rows of a table of probabilities say, image by image.
   *
   * @param probabilities [B,classes] as {@code classify} returns them
   */
  public List<Prediction> predictions(Tensor probabilities) {
    int classes = classNames().size();
    double[] values = Tensors.toDoubles(probabilities);
    List<Prediction> predictions = new ArrayList<>();
    for (int first = 0; first < values.length; first += classes) {
      predictions.add(
          new Prediction(classNames(), Arrays.copyOfRange(values, first, first + classes)));
    }
    return predictions;
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
   * Classifies a picture of any size and type: it is brought to {@link #input()} as the test images
   * of the run were, see {@link #resizing()}; colours become grey where the model takes grey
   * images, transparency is laid over white.
   */
  public Prediction classify(BufferedImage picture) {
    try (TensorScope scope = TensorScope.open()) {
      return predict(resizing().apply(DecodedImage.of(picture)).toTensor());
    }
  }

  private Prediction predict(Tensor image) {
    return predictions(classify(image)).get(0);
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

  /**
   * How images of other sizes and colours are brought to {@link #input()}, as the test images of
   * the run were ({@code --fit}): squashed, or their centre is cut out.
   *
   * @throws IllegalArgumentException if the model takes images of other than 1 or 3 channels
   */
  public Resizing resizing() {
    return config.data().fit().to(input());
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
