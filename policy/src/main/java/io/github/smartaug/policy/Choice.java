package io.github.smartaug.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What has a logit: each transform, or each sequence of transforms. */
enum Choice {
  /** Transforms of an image are drawn independently of each other. */
  INDEPENDENT {
    @Override
    int count(int transforms, int length) {
      return transforms;
    }

    @Override
    void draw(
        Distribution[] ofImage,
        int transforms,
        int[][] chosen,
        double[][] uniforms,
        RandomGenerator random) {
      for (int n = 0; n < chosen.length; n++) {
        for (int i = 0; i < ofImage.length; i++) {
          chosen[n][i] = ofImage[i].pick(random.nextDouble());
          uniforms[n][i] = random.nextDouble();
        }
      }
    }

    @Override
    double[] marginals(Distribution choices, int transforms, int length) {
      return choices.probabilities();
    }
  },

  /** Every ordered sequence has a probability of its own; the last transform counts by ones. */
  SEQUENCE {
    @Override
    int count(int transforms, int length) {
      double count = Math.pow(transforms, length);
      return (int) Math.min(Integer.MAX_VALUE, count);
    }

    @Override
    void draw(
        Distribution[] ofImage,
        int transforms,
        int[][] chosen,
        double[][] uniforms,
        RandomGenerator random) {
      for (int i = 0; i < ofImage.length; i++) {
        int sequence = ofImage[i].pick(random.nextDouble());
        for (int n = chosen.length - 1; n >= 0; n--) {
          chosen[n][i] = sequence % transforms;
          sequence /= transforms;
        }
        for (double[] position : uniforms) {
          position[i] = random.nextDouble();
        }
      }
    }

    @Override
    double[] marginals(Distribution choices, int transforms, int length) {
      double[] sums = new double[transforms];
      if (length == 0) {
        Arrays.fill(sums, 1.0 / transforms);
        return sums;
      }
      double[] probabilities = choices.probabilities();
      for (int sequence = 0; sequence < probabilities.length; sequence++) {
        int rest = sequence;
        for (int n = 0; n < length; n++) {
          sums[rest % transforms] += probabilities[sequence] / length;
          rest /= transforms;
        }
      }
      return sums;
    }
  };

  /** Number of logits of one class. */
  abstract int count(int transforms, int length);

  /**
   * Draws in the library's order.
   *
   * @param ofImage what each image's choices are drawn from
   * @param transforms how many there are
   * @param chosen index of the transform, [position][image], written
   * @param uniforms draw in [0,1), [position][image], written
   */
  abstract void draw(
      Distribution[] ofImage,
      int transforms,
      int[][] chosen,
      double[][] uniforms,
      RandomGenerator random);

  /** Probability of every transform, the mean over positions. */
  abstract double[] marginals(Distribution choices, int transforms, int length);
}
