package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A policy that does with images what another one does. Subclasses change what they must.
 *
 * <p>It learns nothing: learned parameters, projection, penalty and history of the other policy are
 * not forwarded.
 */
public abstract class ForwardingPolicy implements TransformPolicy {
  private final TransformPolicy policy;

  /** Forwards to that policy. */
  protected ForwardingPolicy(TransformPolicy policy) {
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
  public double[] lossShares() {
    return policy.lossShares();
  }

  @Override
  public double[] magnitudes() {
    return policy.magnitudes();
  }

  @Override
  public List<TransformSequence> likeliestSequences(int count) {
    return policy.likeliestSequences(count);
  }

  @Override
  public Draws applied(Draws draws) {
    return policy.applied(draws);
  }

  @Override
  public double temperature() {
    return policy.temperature();
  }

  @Override
  public NamedTensors parameters() {
    return policy.parameters();
  }

  @Override
  public boolean changesImages() {
    return policy.changesImages();
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
