package io.github.smartaug.metric;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Predicts an image from A augmented copies of it. The result is the weighted mean of the predicted
 * class probabilities; the weight of a copy is its loss weight. Random policies give all copies the
 * same weight, learned ones give more to their more probable transforms. When a model is measured,
 * weights are normalised over the batch, as in training; when it classifies, over the copies of
 * each image.
 *
 * @param augmenter of the copies
 * @param copies A, at least 1
 * @param seed of the draws
 */
public record TestTimeAugmentation(Augmenter augmenter, int copies, long seed) {
  /** Checks the number of copies. */
  public TestTimeAugmentation {
    InputRange.atLeast(1, "copies", copies);
  }

  /** The draws of an evaluation. */
  RandomStream random() {
    return RandomStream.of(seed, "test-time-augmentation");
  }

  /**
   * Averages over copies that are drawn for the whole batch.
   *
   * @param images float [B,C,H,W] in [0,1]
   * @param logProbabilities of a model, [B,classes], for such images
   * @return logarithm of the averaged probabilities, [B,classes]
   */
  Tensor average(Tensor images, RandomGenerator random, UnaryOperator<Tensor> logProbabilities) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> predictions = new ArrayList<>();
      List<Tensor> weights = new ArrayList<>();
      for (int copy = 0; copy < copies; copy++) {
        try (TensorScope copyScope = TensorScope.open()) {
          Augmented augmented = augmenter.augment(images, random);
          predictions.add(copyScope.keep(logProbabilities.apply(augmented.images())));
          weights.add(copyScope.keep(augmented.lossWeights()));
        }
      }
      return scope.keep(
          weightedMean(
              torch.stack(Tensors.vector(predictions)), torch.stack(Tensors.vector(weights))));
    }
  }

  /**
   * Averages over copies that are drawn for each image by itself: the draws follow from the seed
   * and from its pixels, and a copy weighs as it compares with the other copies of the same image.
   * What is predicted of an image then does not depend on the images beside it.
   *
   * @param images float [B,C,H,W] in [0,1], B at least 1
   * @param logProbabilities of a model, [A,classes], for A such images
   * @return logarithm of the averaged probabilities, [B,classes]
   */
  Tensor averageEach(Tensor images, UnaryOperator<Tensor> logProbabilities) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> averages = new ArrayList<>();
      for (long index = 0; index < images.size(0); index++) {
        try (TensorScope imageScope = TensorScope.open()) {
          Tensor image = images.narrow(0, index, 1);
          averages.add(imageScope.keep(averageOfOne(image, logProbabilities)));
        }
      }
      return scope.keep(Tensors.concatenate(averages, 0));
    }
  }

  private Tensor averageOfOne(Tensor image, UnaryOperator<Tensor> logProbabilities) {
    int pixels = Arrays.hashCode(Tensors.toFloats(image));
    RandomStream random = RandomStream.of(seed, "test-time-augmentation/" + pixels);
    Augmented augmented = augmenter.augment(image.repeat(copies, 1, 1, 1), random);
    Tensor predictions = logProbabilities.apply(augmented.images());
    return weightedMean(predictions.unsqueeze(1), augmented.lossWeights().unsqueeze(1));
  }

  /** In logarithms, so that small probabilities stay above zero. */
  private static Tensor weightedMean(Tensor logProbabilities, Tensor weights) {
    // If all weights are zero, all copies get the same weight.
    Tensor usable = weights.sum(0).gt(new Scalar(0.0));
    Tensor used = torch.where(usable, weights, torch.ones_like(weights));
    Tensor weighted = logProbabilities.add(used.log().unsqueeze(2)).logsumexp(0);
    return weighted.sub(used.sum(0).log().unsqueeze(1));
  }
}
