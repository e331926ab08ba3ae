package io.github.smartaug.augment;

import java.util.List;

/**
 * The schedule that a policy was learned along, replayed in another run: after a share of that
 * run's epochs it is what it was after the same share of its own, on a straight line between two
 * epochs. Ho et al., "Population based augmentation", ICML 2019, found that such a schedule carries
 * over to bigger models.
 *
 * <p>By itself it is the policy at the end; {@link #inEpoch} gives that of an epoch.
 */
public final class ReplayedPolicy extends ForwardingPolicy {
  private final LearnablePolicy policy;
  private final List<PolicySnapshot> history;

  /**
   * A schedule.
   *
   * @param policy whose parameters are replaced
   * @param history from the start to the last epoch, at least two points
   */
  public ReplayedPolicy(LearnablePolicy policy, List<PolicySnapshot> history) {
    super(policy);
    if (history.size() < 2) {
      throw new IllegalArgumentException(
          "the policy has a history of " + history.size() + " points, a replay needs at least 2");
    }
    this.policy = policy;
    this.history = List.copyOf(history);
  }

  /** As it is at the end of an epoch; its tensors belong to the caller's scope. */
  @Override
  public Augmenter inEpoch(int epoch, int epochs) {
    // Multiplied first: with as many epochs as its own, a whole number.
    double position = (double) epoch * (history.size() - 1) / epochs;
    int before = Math.min((int) position, history.size() - 2);
    PolicySnapshot snapshot =
        history.get(before).towards(history.get(before + 1), position - before);
    return new FrozenPolicy(snapshot.applyTo(policy));
  }

  @Override
  public String description() {
    return "replayed over " + (history.size() - 1) + " epochs, " + PolicyText.choice(this);
  }
}
