package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A learned policy that is applied and does not learn on: with the probabilities, magnitudes and
 * loss weights that it has, such as those of a {@link PolicyFile}.
 */
public final class FrozenPolicy implements TransformPolicy {
  private final LearnablePolicy policy;

  /** Applies that policy. */
  public FrozenPolicy(LearnablePolicy policy) {
    this.policy = policy;
  }

  @Override
  public TransformSet transforms() {
    return policy.transforms();
  }

  @Override
  public int length() {
    return policy.length();
  }

  @Override
  public double[] probabilities() {
    return policy.probabilities();
  }

  @Override
  public double[] magnitudes() {
    return policy.magnitudes();
  }

  /** Factor of the logits in the sampling distribution. */
  public double temperature() {
    return policy.temperature();
  }

  @Override
  public NamedTensors parameters() {
    return policy.parameters();
  }

  @Override
  public String description() {
    return "fixed, " + PolicyText.choice(this);
  }

  @Override
  public boolean usesClasses() {
    return policy.usesClasses();
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return policy.draw(images, random);
  }

  @Override
  public Draws draw(int[] classes, RandomGenerator random) {
    return policy.draw(classes, random);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    return policy.apply(images, draws);
  }

  @Override
  public Geometry geometry(Draws draws, int height, int width) {
    return policy.geometry(draws, height, width);
  }
}
