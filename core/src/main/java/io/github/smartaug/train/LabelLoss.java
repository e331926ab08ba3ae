package io.github.smartaug.train;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy of training images, with smoothed labels and images that count by their class.
 *
 * <p>Label smoothing (Szegedy et al., "Rethinking the Inception architecture for computer vision",
 * CVPR 2016) takes as target {@code 1 - e} for the label and {@code e / classes} for every class,
 * the label included.
 *
 * <p>A class weight multiplies all that an image adds to the loss; the mean is over the images, not
 * over their weights, so that every batch estimates the same loss.
 *
 * @param smoothing e, at least 0, below 1
 * @param classWeights one per class, not negative; empty: all 1
 */
public record LabelLoss(double smoothing, List<Double> classWeights) {
  /** Plain cross-entropy. */
  public static final LabelLoss PLAIN = new LabelLoss(0, List.of());

  private static final long[] CLASSES = {1};

  /** Checks the numbers and copies the list. */
  public LabelLoss {
    InnerOptions.requireRange(
        "label smoothing", smoothing, 0, Math.nextDown(1.0), "at least 0, below 1");
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      InnerOptions.requireRange("class weight", weight, 0, Double.MAX_VALUE, "at least 0");
    }
  }

  /**
   * Weights with which every class counts alike, however many images it has: {@code n / (k n_c)},
   * with n images of k classes, n_c of class c. A class without images weighs 1, to no effect.
   *
   * @param counts images of each class
   */
  public static List<Double> balancedWeights(int[] counts) {
    double images = Arrays.stream(counts).sum();
    double classes = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToObj(count -> count == 0 ? 1.0 : images / (classes * count))
        .toList();
  }

  /**
   * The loss of every image.
   *
   * @param logProbabilities [B,classes]
   * @param labels int64 [B]
   * @return [B]
   */
  public Tensor perImage(Tensor logProbabilities, Tensor labels) {
    try (Scope scope = Scope.open()) {
      Tensor losses = CrossEntropy.ofLogProbabilities(logProbabilities, labels);
      if (smoothing > 0) {
        Tensor uniform = logProbabilities.mean(CLASSES, false, new ScalarTypeOptional());
        losses = losses.mul(new Scalar(1 - smoothing)).sub(uniform, new Scalar(smoothing));
      }
      return scope.keep(weigh(losses, labels));
    }
  }

  /** What images add to the loss, [B], times the weights of their classes. */
  public Tensor weigh(Tensor losses, Tensor labels) {
    if (classWeights.isEmpty()) {
      return losses;
    }
    try (Scope scope = Scope.open()) {
      double[] weights = classWeights.stream().mapToDouble(Double::doubleValue).toArray();
      Tensor ofClasses = Tensors.constant(weights, losses, weights.length);
      return scope.keep(losses.mul(ofClasses.index_select(0, labels)));
    }
  }
}
