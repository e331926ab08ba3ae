package io.github.smartaug.cli.datasets;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyParameters;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.cli.options.HiddenTransform;
import io.github.smartaug.transform.Axis;
import io.github.smartaug.transform.Blur;
import io.github.smartaug.transform.Brightness;
import io.github.smartaug.transform.Contrast;
import io.github.smartaug.transform.Flip;
import io.github.smartaug.transform.Identity;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Noise;
import io.github.smartaug.transform.Rotate;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.Translate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A change of images that a policy can find: it is itself a policy, of the transforms in turn or
 * none of them. Who augments with {@link #oracle()} augments with just what was hidden.
 *
 * @param transform which change
 * @param amount how strong at most
 */
record HiddenShift(HiddenTransform transform, double amount) {
  private static final double HALF = 0.5;

  /** A logit beside 0 that is never drawn: e^-60 is below any uniform draw. */
  private static final double NEVER = -60;

  /** Share of images that are changed; a flip of all images would be no invariance. */
  double share() {
    return switch (transform) {
      case FLIP, FLIP_LR -> HALF;
      case NONE -> 0;
      default -> 1;
    };
  }

  /** What is done to validation and test images; its tensors are in the current scope. */
  LearnablePolicy hidden() {
    return policy(share());
  }

  /** The same, half of the time: what training images should be changed by. */
  LearnablePolicy oracle() {
    return policy(transform == HiddenTransform.NONE ? 0 : HALF);
  }

  /** Sequences of transforms are numbers whose digits are transforms; Identity is 0. */
  private LearnablePolicy policy(double share) {
    List<NamedTransform> inTurn = inTurn();
    int length = Math.max(1, inTurn.size());
    List<NamedTransform> all = new ArrayList<>();
    all.add(new NamedTransform("Identity", new Identity()));
    all.addAll(inTurn);
    int changed = 0;
    for (int t = 1; t <= inTurn.size(); t++) {
      changed = changed * all.size() + t;
    }
    double[] logits = new double[(int) Math.pow(all.size(), length)];
    Arrays.fill(logits, NEVER);
    logits[0] = logit(1 - share);
    logits[changed] = inTurn.isEmpty() ? 0 : logit(share);
    double[] magnitudes = new double[all.size()];
    Arrays.fill(magnitudes, 1);
    // The score function weighs every image alike where nothing is learned.
    PolicyOptions options =
        PolicyOptions.builder()
            .length(length)
            .probabilities(Learning.FIXED)
            .magnitudes(Learning.FIXED)
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .build();
    TransformSet set = new TransformSet("hidden-" + transform, all);
    PolicyParameters parameters = PolicyParameters.of(set, options, logits, magnitudes);
    return new SequencePolicy(set, options, parameters.tensors());
  }

  private static double logit(double probability) {
    return probability == 0 ? NEVER : Math.log(probability);
  }

  private List<NamedTransform> inTurn() {
    MagnitudeRange bothWays = MagnitudeRange.symmetric(amount);
    MagnitudeRange factor = MagnitudeRange.symmetric(1 - amount, 1 + amount);
    MagnitudeRange upTo = MagnitudeRange.direct(0, amount);
    return switch (transform) {
      case ROTATE -> List.of(new NamedTransform("Rotate", new Rotate(), bothWays));
      case TRANSLATE ->
          List.of(
              new NamedTransform("TranslateX", new Translate(Axis.X), bothWays),
              new NamedTransform("TranslateY", new Translate(Axis.Y), bothWays));
      case FLIP -> List.of(new NamedTransform("FlipUD", new Flip(Axis.Y)));
      case FLIP_LR -> List.of(new NamedTransform("FlipLR", new Flip(Axis.X)));
      case BRIGHTNESS -> List.of(new NamedTransform("Brightness", new Brightness(), factor));
      case CONTRAST -> List.of(new NamedTransform("Contrast", new Contrast(), factor));
      case BLUR -> List.of(new NamedTransform("Blur", new Blur(), upTo));
      case NOISE -> List.of(new NamedTransform("Noise", new Noise(), upTo));
      case NONE -> List.of();
    };
  }
}
