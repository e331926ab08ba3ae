package io.github.smartaug.run.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a comparison says about learning, in one sentence.
 *
 * <p>The best learned arm is compared with the best random one, or with plain training if there is
 * none, or else with the same unlearned: both are chosen on validation images, and compared on test
 * images over the same seeds. Where a given policy, such as the truth of made-up data, is better
 * than that, what share of its gain was learned is said, too.
 *
 * @param outcome in one word
 * @param sentence in one sentence
 */
public record Verdict(Outcome outcome, String sentence) {
  /** Points of accuracy below which a difference does not matter. */
  public static final double MATTERS = 0.5;

  private static final int FEWEST_SEEDS = 2;

  /** A run that takes so much longer is said to be dearer. */
  private static final double DEARER = 1.05;

  /** What a comparison says. */
  public enum Outcome {
    /** Learning is better. */
    ADDED,
    /** Learning is better than random policies, but not than the same without learning. */
    ADDED_BY_OTHERS,
    /** Learning adds less than {@value Verdict#MATTERS} points, if anything. */
    NOTHING,
    /** Learning is worse. */
    COST,
    /** The spread is larger than the difference. */
    OPEN,
    /** There is no arm that learns, or nothing to compare it with. */
    NONE;

    /** The word of files. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Of these results. */
  public static Verdict of(List<ArmResult> results) {
    Optional<ArmResult> learned = best(results, ArmKind.LEARNED);
    Optional<ArmResult> reference = reference(results);
    if (learned.isEmpty() || reference.isEmpty()) {
      return new Verdict(
          Outcome.NONE,
          learned.isEmpty()
              ? "No learned policy was trained to the end: nothing to judge."
              : "Nothing was trained to the end that a learned policy could be compared with.");
    }
    VerdictText text =
        new VerdictText(
            learned.get(),
            reference.get(),
            best(results, ArmKind.UNLEARNED)
                .filter(arm -> reference.get().arm().kind() != ArmKind.UNLEARNED));
    Verdict verdict = text.verdict();
    return best(results, ArmKind.GIVEN)
        .flatMap(text::shareOfGain)
        .map(share -> new Verdict(verdict.outcome(), verdict.sentence() + " " + share))
        .orElse(verdict);
  }

  /**
   * What learning has to beat: the best random arm, or else plain training, or else the same
   * machinery with nothing learned.
   */
  public static Optional<ArmResult> reference(List<ArmResult> results) {
    return best(results, ArmKind.RANDOM)
        .or(() -> best(results, ArmKind.PLAIN))
        .or(() -> best(results, ArmKind.UNLEARNED));
  }

  private static Optional<ArmResult> best(List<ArmResult> results, ArmKind kind) {
    return results.stream()
        .filter(result -> result.arm().kind() == kind && !result.runs().isEmpty())
        .max(Comparator.comparingDouble(result -> result.validation().mean()));
  }

  /** What an interval says by itself. */
  static Outcome judge(PairedDifference difference) {
    if (difference.seeds() < FEWEST_SEEDS) {
      return Outcome.OPEN;
    }
    if (difference.low() > 0) {
      return Outcome.ADDED;
    }
    if (difference.high() < 0) {
      return Outcome.COST;
    }
    return difference.high() <= MATTERS ? Outcome.NOTHING : Outcome.OPEN;
  }

  static boolean isDearer(ArmResult arm, ArmResult than) {
    return arm.timesTheTimeOf(than).orElse(1) > DEARER;
  }
}
