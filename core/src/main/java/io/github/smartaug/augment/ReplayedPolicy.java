package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.TransformSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * The schedule that a policy was learned along, replayed in another run: after a share of that
 * run's epochs it is what it was after the same share of its own, on a straight line between two
 * epochs. Ho et al., "Population based augmentation", ICML 2019, found that such a schedule carries
 * over to bigger models.
 *
 * <p>By itself it is the policy at the end; {@link #inEpoch} gives that of an epoch.
 */
public final class ReplayedPolicy implements TransformPolicy {
  private final LearnablePolicy policy;
  private final List<PolicySnapshot> history;
  private final FrozenPolicy last;

  /**
   * A schedule.
   *
   * @param policy whose parameters are replaced
   * @param history from the start to the last epoch, at least two points
   */
  public ReplayedPolicy(LearnablePolicy policy, List<PolicySnapshot> history) {
    if (history.size() < 2) {
      throw new IllegalArgumentException(
          "the policy has a history of " + history.size() + " points, a replay needs at least 2");
    }
    this.policy = policy;
    this.history = List.copyOf(history);
    this.last = new FrozenPolicy(policy);
  }

  /** As it is at the end of an epoch; its tensors belong to the caller's scope. */
  @Override
  public Augmenter inEpoch(int epoch, int epochs) {
    double position = (double) epoch / epochs * (history.size() - 1);
    int before = Math.min((int) position, history.size() - 2);
    PolicySnapshot snapshot =
        history.get(before).towards(history.get(before + 1), position - before);
    return new FrozenPolicy(snapshot.applyTo(policy));
  }

  @Override
  public TransformSet transforms() {
    return last.transforms();
  }

  @Override
  public int length() {
    return last.length();
  }

  @Override
  public double[] probabilities() {
    return last.probabilities();
  }

  @Override
  public double[] magnitudes() {
    return last.magnitudes();
  }

  @Override
  public NamedTensors parameters() {
    return last.parameters();
  }

  @Override
  public String description() {
    return "replayed over " + (history.size() - 1) + " epochs, " + PolicyText.choice(this);
  }

  @Override
  public boolean usesClasses() {
    return last.usesClasses();
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return last.draw(images, random);
  }

  @Override
  public Draws draw(int[] classes, RandomGenerator random) {
    return last.draw(classes, random);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    return last.apply(images, draws);
  }

  @Override
  public Geometry geometry(Draws draws, int height, int width) {
    return last.geometry(draws, height, width);
  }
}
