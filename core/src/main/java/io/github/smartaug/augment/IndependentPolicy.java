package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * A policy with a probability for every transform: each image gets N transforms in turn, drawn
 * independently of each other.
 */
public final class IndependentPolicy extends LearnablePolicy {
  /**
   * A policy with given parameters.
   *
   * @param parameters {@link #LOGITS} [T], {@link #MAGNITUDES} [T] or [1] if shared, and {@link
   *     #TEMPERATURE} [1] if it is learned
   */
  public IndependentPolicy(
      TransformSet transforms, PolicyOptions options, NamedTensors parameters) {
    this(new PolicyParameters(transforms, options, transforms.size(), parameters));
  }

  IndependentPolicy(PolicyParameters state) {
    super(state);
  }

  /**
   * A policy before any learning: all logits 1; magnitudes 0.5 where they are learned and 1
   * elsewhere. Its parameters (float32, CPU) belong to the caller's scope.
   */
  public static IndependentPolicy initial(TransformSet transforms, PolicyOptions options) {
    return new IndependentPolicy(PolicyParameters.initial(transforms, options, transforms.size()));
  }

  @Override
  public IndependentPolicy withParameters(NamedTensors replaced) {
    return new IndependentPolicy(state().with(replaced));
  }

  @Override
  public IndependentPolicy withSampling(Sampling sampling) {
    return new IndependentPolicy(state().with(sampling));
  }

  @Override
  public LearnedPolicyType type() {
    return Policies.INDEPENDENT;
  }

  /** Every probe looks at all transforms equally often, whatever their probabilities. */
  @Override
  public Map<String, ParameterRole> roles() {
    return Map.of(LOGITS, ParameterRole.CHOICE, MAGNITUDES, ParameterRole.SCALE);
  }

  @Override
  protected Draws drawEach(int[] classes, RandomGenerator random) {
    int[][] transforms = new int[length()][classes.length];
    double[][] uniforms = new double[length()][classes.length];
    for (int n = 0; n < length(); n++) {
      for (int i = 0; i < classes.length; i++) {
        transforms[n][i] = distribution(classes[i]).pick(random.nextDouble());
        uniforms[n][i] = random.nextDouble();
      }
    }
    return new Draws(transforms, uniforms, classes);
  }

  @Override
  protected int[][] choices(Draws draws) {
    return draws.transforms();
  }

  @Override
  protected OptionalInt choiceOf(int position) {
    return OptionalInt.of(position);
  }

  @Override
  protected String choiceName(int choice) {
    return transforms().names().get(choice);
  }

  @Override
  protected double[] marginals(CategoricalDistribution choices) {
    return choices.probabilities();
  }
}
