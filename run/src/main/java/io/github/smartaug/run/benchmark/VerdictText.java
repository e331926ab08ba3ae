package io.github.smartaug.run.benchmark;

import io.github.smartaug.run.benchmark.Verdict.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Words of a {@link Verdict}.
 *
 * @param learned the best learned arm
 * @param reference what it has to beat
 * @param unlearned the same machinery with nothing learned, if it was run
 */
record VerdictText(ArmResult learned, ArmResult reference, Optional<ArmResult> unlearned) {
  Verdict verdict() {
    PairedDifference difference = learned.minus(reference);
    Outcome outcome = Verdict.judge(difference);
    return switch (outcome) {
      case ADDED -> added(difference);
      case COST ->
          new Verdict(
              outcome,
              text(
                  "%s cost %.1f +- %.1f points against %s, at %s.",
                  subject(),
                  -difference.mean(),
                  difference.halfWidth(),
                  referenceName(),
                  timeRatio()));
      case NOTHING ->
          new Verdict(
              outcome,
              text(
                  "%s added nothing here (%s points): %s is as good%s.",
                  subject(),
                  interval(difference),
                  reference.arm().name(),
                  Verdict.isDearer(learned, reference) ? " and cheaper" : ""));
      default -> new Verdict(Outcome.OPEN, open(difference));
    };
  }

  /**
   * How much of what a given policy gains was learned, if it gains anything.
   *
   * @param given such as the truth of made-up data
   */
  Optional<String> shareOfGain(ArmResult given) {
    PairedDifference gain = given.minus(reference);
    if (Verdict.judge(gain) != Outcome.ADDED) {
      return Optional.empty();
    }
    return Optional.of(
        text(
            "That is %.0f %% of what %s gains, %s points.",
            100 * learned.minus(reference).mean() / gain.mean(),
            given.arm().name(),
            interval(gain)));
  }

  private Verdict added(PairedDifference difference) {
    String gain =
        text(
            "%.1f +- %.1f points over %s",
            difference.mean(), difference.halfWidth(), referenceName());
    Optional<PairedDifference> byLearning = unlearned.map(learned::minus);
    Optional<Outcome> judged = byLearning.map(Verdict::judge);
    if (judged.filter(o -> o == Outcome.NOTHING || o == Outcome.COST).isPresent()) {
      return new Verdict(
          Outcome.ADDED_BY_OTHERS,
          text(
              "Not learning, but what goes with it added %s: the difference to %s, where nothing is"
                  + " learned, is %s points.",
              gain, unlearned.get().arm().name(), interval(byLearning.get())));
    }
    String doubt =
        judged.filter(o -> o == Outcome.OPEN).isPresent()
            ? text(
                " Whether learning did it is open: the difference to %s, where nothing is learned,"
                    + " is %s points.",
                unlearned.get().arm().name(), interval(byLearning.get()))
            : "";
    return new Verdict(
        Outcome.ADDED, text("%s added %s, at %s.%s", subject(), gain, timeRatio(), doubt));
  }

  private String open(PairedDifference difference) {
    if (difference.seeds() == 0) {
      return text(
          "Not enough seeds to tell: %s and %s have none in common.",
          learned.arm().name(), reference.arm().name());
    }
    String start =
        text(
            "Not enough seeds to tell: %s differs from %s by ",
            learned.arm().name(), referenceName());
    if (difference.seeds() == 1) {
      return start + text("%+.1f points with one seed, which has no spread.", difference.mean());
    }
    int needed = difference.seedsToSee(Math.max(Math.abs(difference.mean()), Verdict.MATTERS));
    return start
        + text(
            "%s points over %d seeds; it takes about %s.",
            interval(difference),
            difference.seeds(),
            needed < PairedDifference.MANY_SEEDS
                ? Integer.toString(Math.max(needed, difference.seeds() + 1))
                : "more than " + PairedDifference.MANY_SEEDS);
  }

  private String subject() {
    return learned.arm().name().equals("learned")
        ? "Learning"
        : "Learning (" + learned.arm().name() + ")";
  }

  private String referenceName() {
    String what =
        switch (reference.arm().kind()) {
          case RANDOM -> "the best random policy";
          case PLAIN -> "plain training";
          default -> "the same with nothing learned";
        };
    return what + " (" + reference.arm().name() + ")";
  }

  private static String interval(PairedDifference difference) {
    return difference.seeds() < 2
        ? text("%+.1f", difference.mean())
        : text("%+.1f +- %.1f", difference.mean(), difference.halfWidth());
  }

  /** The search for the reference's options is part of what it takes. */
  private String timeRatio() {
    OptionalDouble ratio = learned.timesTheTimeOf(reference);
    if (ratio.isEmpty()) {
      return "an unknown time";
    }
    String times = text("%.1f times its time", ratio.getAsDouble());
    if (reference.searchSeconds() == 0) {
      return times;
    }
    double withSearch = reference.seconds().mean() + reference.searchSeconds();
    return text(
        "%s (%.1f times with the search for its options)",
        times, (learned.seconds().mean() + learned.searchSeconds()) / withSearch);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
