package io.github.smartaug.augment;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How much the loss of each augmented image counts: what the probabilities of a policy are learned
 * through.
 *
 * <p>The score function comes with a control variate. With weights w of value 1 and losses l of n
 * images, {@link #meanOf} is
 *
 * <pre>{@code
 * 1/n sum_i [ l_i + (w_i - 1) (l_i - b_i) ]
 * b_i = mean of l_j over all j != i  +  beta (c_i - mean of c_j over all j != i)
 * }</pre>
 *
 * <p>c_i is the loss of image i as it is, where there is one: a difficult image has a large loss
 * however it is changed, which says nothing about the change. beta is 0.7.
 *
 * <p>Its value is the mean of the losses, whatever the baseline b. Its derivative with respect to
 * the logits is {@code 1/n sum_i (l_i - b_i) d log P(s_i)}; as b_i does not depend on what was
 * drawn for image i, and {@code E[d log P(s_i)] = 0}, the baseline changes no expectation and takes
 * away what the images' losses have in common. A hypergradient sees the loss through its gradient g
 * with respect to the model's parameters, {@code d<v, g> = 1/n sum_i <v, dl_i - db_i> d log
 * P(s_i)}: the baseline must be a function of the parameters as the losses are, that of c_i too,
 * with its gradient; a baseline of plain numbers would vanish there. Models whose images see each
 * other (BatchNorm in training) make l_j depend a little on s_i, the usual approximation.
 *
 * <p>In a paired probe every image is there with all its alternatives a, of values {@code w_ia}
 * that sum to A. Its expected loss stands where {@code l_i} stood, and {@code sum_a w_ia / A}, of
 * value 1, where {@code w_i} did:
 *
 * <pre>{@code
 * 1/n sum_i [ 1/A sum_a w_ia l_ia + (1 - 1/A sum_a w_ia) b_i ]
 * }</pre>
 *
 * @param values [B], or [A*B] alternative by alternative; mean 1
 * @param gradient what the values mean
 * @param alternatives of each image, A
 */
public record LossWeights(Tensor values, ProbabilityGradient gradient, int alternatives) {
  /** beta: how much of what is particular to a clean image's loss its baseline has. */
  private static final double CLEAN_SHARE = 0.7;

  /** Weights of images without alternatives. */
  public LossWeights(Tensor values, ProbabilityGradient gradient) {
    this(values, gradient, 1);
  }

  /** Every image counts alike. */
  public static LossWeights uniform(Tensor images) {
    return new LossWeights(
        Tensors.full(1, images, images.size(0)), ProbabilityGradient.LOSS_WEIGHT);
  }

  /**
   * The weight of image i is the mean of the logits of its choices, {@code r_i = (1/N) sum_n
   * p[s_ni]}, made non-negative by subtracting the smallest where that is negative, and divided by
   * the mean over the batch.
   *
   * <p>With classes that have logits of their own, smallest and mean are those of the images of a
   * class, so that logits weigh transforms against each other, but no class against another.
   *
   * @param logits [S], of all classes one after the other
   * @param choices sampled index, [choice][image]
   * @param classes of the images, [image]; all the same where classes have no logits of their own
   */
  static LossWeights ofLogits(Tensor logits, int[][] choices, int[] classes) {
    int[] present = Arrays.stream(classes).distinct().toArray();
    return present.length < 2
        ? ofLogits(logits, choices)
        : ofLogits(logits, choices, classes, present);
  }

  /** One row for each class that is present, [class][image]. */
  private static LossWeights ofLogits(
      Tensor logits, int[][] choices, int[] classes, int[] present) {
    double[] members = new double[present.length * classes.length];
    double[] counts = new double[present.length];
    int[] rows = new int[classes.length];
    for (int c = 0; c < present.length; c++) {
      for (int i = 0; i < classes.length; i++) {
        if (classes[i] == present[c]) {
          members[c * classes.length + i] = 1;
          counts[c]++;
          rows[i] = c;
        }
      }
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor scores = select(logits, choices).mean(0);
      Tensor row = Tensors.indices(rows, scores);
      Tensor member = Tensors.constant(members, scores, present.length, classes.length);
      Tensor others = member.eq(new Scalar(0.0));
      Tensor smallest =
          scores
              .unsqueeze(0)
              .masked_fill(others, new Scalar(Double.POSITIVE_INFINITY))
              .amin(new long[] {1}, false);
      Tensor shifted = scores.sub(smallest.clamp_max(new Scalar(0.0)).index_select(0, row));
      Tensor sums = member.matmul(shifted);
      Tensor means = sums.div(Tensors.constant(counts, scores, counts.length)).index_select(0, row);
      // As in one class: all equal and negative, every image counts alike.
      Tensor usable = means.gt(new Scalar(0.0));
      Tensor weights = shifted.div(torch.where(usable, means, torch.ones_like(means)));
      return new LossWeights(
          scope.keep(torch.where(usable, weights, torch.ones_like(weights))),
          ProbabilityGradient.LOSS_WEIGHT);
    }
  }

  private static LossWeights ofLogits(Tensor logits, int[][] choices) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor scores = select(logits, choices).mean(0);
      if (scores.numel() == 0) {
        // There is no smallest of none.
        return new LossWeights(scope.keep(scores), ProbabilityGradient.LOSS_WEIGHT);
      }
      Tensor shifted = scores.sub(scores.min().clamp_max(new Scalar(0.0)));
      Tensor mean = shifted.mean();
      // All scores equal and negative: shifted to zero, every image counts alike.
      Tensor usable = mean.gt(new Scalar(0.0));
      Tensor one = torch.ones_like(mean);
      Tensor weights = shifted.div(torch.where(usable, mean, one));
      return new LossWeights(
          scope.keep(torch.where(usable, weights, torch.ones_like(weights))),
          ProbabilityGradient.LOSS_WEIGHT);
    }
  }

  /**
   * {@code P(s_i) / stop_gradient(P(s_i))}, P the product over an image's choices.
   *
   * @param logProbabilities [S]
   * @param choices sampled index, [choice][image]
   */
  static LossWeights ofLogProbabilities(Tensor logProbabilities, int[][] choices) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor score = select(logProbabilities, choices).sum(0);
      return new LossWeights(
          scope.keep(score.sub(score.detach()).exp()), ProbabilityGradient.SCORE_FUNCTION);
    }
  }

  /**
   * Weights of alternatives, of which one is chosen. In value they are the probabilities q of the
   * alternatives, given all other choices of the image; their derivative is {@code c q d log P}, c
   * being the number of choices, one of which stands for all.
   *
   * @param logProbabilities [S]
   * @param varied index of the choice that varies, alternative by alternative
   * @param alternatives of each image, A
   * @param choices of each image that are drawn independently of each other, c
   */
  static LossWeights ofAlternatives(
      Tensor logProbabilities, int[] varied, int alternatives, int choices) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor score =
          select(logProbabilities, new int[][] {varied})
              .view(alternatives, varied.length / alternatives);
      Tensor given = score.detach().softmax(0).mul(new Scalar(alternatives));
      Tensor slope = score.sub(score.detach()).mul(new Scalar(choices));
      Tensor values = given.mul(slope.add(new Scalar(1.0))).flatten();
      return new LossWeights(scope.keep(values), ProbabilityGradient.SCORE_FUNCTION, alternatives);
    }
  }

  private static Tensor select(Tensor perIndex, int[][] choices) {
    try (TensorScope scope = TensorScope.open()) {
      int images = choices[0].length;
      int[] flat = new int[choices.length * images];
      for (int n = 0; n < choices.length; n++) {
        System.arraycopy(choices[n], 0, flat, n * images, images);
      }
      Tensor index = Tensors.indices(flat).to(perIndex.device(), ScalarType.Long);
      return scope.keep(perIndex.index_select(0, index).view(choices.length, images));
    }
  }

  /**
   * The weighted mean of losses, differentiable with respect to losses and weights.
   *
   * @param losses [B]
   * @return without dimensions
   */
  public Tensor meanOf(Tensor losses) {
    return meanOf(losses, losses, 0);
  }

  /**
   * The same where it is known what the images' losses are without augmentation.
   *
   * @param losses [B]
   * @param clean losses of the same images as they are, [B], functions of the same parameters
   * @return without dimensions
   */
  public Tensor meanOf(Tensor losses, Tensor clean) {
    return meanOf(losses, clean, CLEAN_SHARE);
  }

  private Tensor meanOf(Tensor losses, Tensor clean, double share) {
    try (TensorScope scope = TensorScope.open()) {
      if (alternatives > 1) {
        return scope.keep(meanOfAlternatives(losses));
      }
      long images = losses.size(0);
      if (gradient == ProbabilityGradient.LOSS_WEIGHT || images == 1) {
        return scope.keep(values.mul(losses).mean());
      }
      // l_i - b_i = (r_i - mean of r) n / (n - 1) with r = l - beta c
      Tensor rests = share == 0 ? losses : losses.sub(clean, new Scalar(share));
      Tensor advantages = rests.sub(rests.mean()).mul(new Scalar(images / (images - 1.0)));
      Tensor score = values.sub(values.detach());
      return scope.keep(losses.add(score.mul(advantages)).mean());
    }
  }

  private Tensor meanOfAlternatives(Tensor losses) {
    try (TensorScope scope = TensorScope.open()) {
      long images = losses.size(0) / alternatives;
      Tensor weights = values.view(alternatives, images).div(new Scalar(alternatives));
      Tensor each = losses.view(alternatives, images);
      Tensor perImage = weights.mul(each).sum(0);
      if (images == 1) {
        return scope.keep(perImage.mean());
      }
      Tensor expected = weights.detach().mul(each).sum(0);
      // b_i = (n mean - l_i) / (n - 1)
      Tensor baselines =
          expected.mean().mul(new Scalar(images)).sub(expected).div(new Scalar(images - 1.0));
      Tensor score = weights.sub(weights.detach()).sum(0);
      return scope.keep(perImage.sub(score.mul(baselines)).mean());
    }
  }
}
