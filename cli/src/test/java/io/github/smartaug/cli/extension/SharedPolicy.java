package io.github.smartaug.cli.extension;

import io.github.smartaug.augment.CategoricalDistribution;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.LearnedPolicyType;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyParameters;
import io.github.smartaug.transform.TransformSet;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A learned policy: all images of a batch get the same transforms. */
public final class SharedPolicy extends LearnablePolicy {
  SharedPolicy(PolicyParameters state) {
    super(state);
  }

  /** Its entry in the registry. */
  public record Type() implements LearnedPolicyType {
    @Override
    public String name() {
      return "shared";
    }

    @Override
    public String description() {
      return "the same transforms for all images";
    }

    @Override
    public int choices(TransformSet transforms, PolicyOptions options) {
      return transforms.size();
    }

    @Override
    public LearnablePolicy of(PolicyParameters parameters) {
      return new SharedPolicy(parameters);
    }
  }

  @Override
  public LearnedPolicyType type() {
    return new Type();
  }

  @Override
  protected Draws drawEach(int[] classes, RandomGenerator random) {
    int[][] transforms = new int[length()][classes.length];
    double[][] uniforms = new double[length()][];
    for (int n = 0; n < length(); n++) {
      Arrays.fill(transforms[n], distribution(0).pick(random.nextDouble()));
      uniforms[n] = random.doubles(classes.length).toArray();
    }
    return new Draws(transforms, uniforms, classes);
  }

  @Override
  protected int[][] choices(Draws draws) {
    return draws.transforms();
  }

  @Override
  protected double[] marginals(CategoricalDistribution choices) {
    return choices.probabilities();
  }
}
