package io.github.smartaug.loss;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.TensorScope;
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
    InputRange.belowOne("label smoothing", smoothing);
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      InputRange.atLeast(0, "class weight", weight);
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
    try (TensorScope scope = TensorScope.open()) {
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
    try (TensorScope scope = TensorScope.open()) {
      double[] weights = classWeights.stream().mapToDouble(Double::doubleValue).toArray();
      Tensor ofClasses = Tensors.constant(weights, losses, weights.length);
      return scope.keep(losses.mul(ofClasses.index_select(0, labels)));
    }
  }
}
