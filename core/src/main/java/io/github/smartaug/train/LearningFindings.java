package io.github.smartaug.train;

import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.GradientMeter.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a run learned, and what is drift: for every number that meta steps move, whether its
 * hypergradients over the run speak for one direction beyond noise. The level is 5 % for each
 * parameter: of a policy whose logits nothing speaks for, one run in twenty says that any of them
 * was learned. The noise is that of the steps; that of which images are in the validation set is
 * not in it.
 *
 * @param findings one for each number that has a gradient
 * @param tiers alternatives of a choice, those with the most evidence first: the first of a tier is
 *     beyond noise of the first of the next, and no other of its tier is beyond noise of it; empty
 *     unless a choice was learned
 */
public record LearningFindings(List<Finding> findings, List<List<String>> tiers) {
  /**
   * Policies that were learned from fewer validation images, 100 to 200, were no better than random
   * ones wherever that was tried.
   */
  public static final int FEWEST_VALIDATION_IMAGES = 300;

  private static final double LEVEL = 0.05;

  /** More are counted, not named. */
  private static final int NAMED = 10;

  /**
   * What a run found out about one number.
   *
   * @param parameter name of the learned parameter, such as {@code logits}
   * @param entry name of the number within it, such as that of a transform; empty if the parameter
   *     is a single number
   * @param t signal to noise of the hypergradients, positive where they speak for a larger number;
   *     infinite without noise
   * @param adjustedP probability of a t as large as this anywhere in the parameter by noise alone,
   *     in [0,1]; NaN of too few meta steps to tell
   * @param movement from the start to the end of the run; that of a logit of a choice relative to
   *     their average, as its t is
   * @param learned whether that is beyond noise at a level of 5 %, and the number moved that way
   */
  public record Finding(
      String parameter,
      String entry,
      double t,
      double adjustedP,
      double movement,
      boolean learned) {
    private static Finding of(
        String parameter, String entry, double t, double adjustedP, double movement) {
      return new Finding(
          parameter, entry, t, adjustedP, movement, adjustedP <= LEVEL && t * movement > 0);
    }

    /** Whether there were enough meta steps to tell. */
    public boolean tested() {
      return !Double.isNaN(adjustedP);
    }

    /** Whether the number is one of the policy, and not of the model's optimizer. */
    public boolean ofPolicy() {
      return !LearnedHyperparameters.isOne(parameter);
    }

    private String text() {
      return String.format(
          Locale.ROOT, "%s(t %.1f)", entry.isEmpty() ? "" : entry + " ", Math.abs(t));
    }
  }

  /** Copies the lists. */
  public LearningFindings {
    findings = List.copyOf(findings);
    tiers = tiers.stream().map(List::copyOf).toList();
  }

  /** Of a run without meta steps. */
  public static LearningFindings none() {
    return new LearningFindings(List.of(), List.of());
  }

  /** Of a run, from its start to its end. */
  static LearningFindings of(MetaParameters start, MetaState end) {
    List<Finding> findings = new ArrayList<>();
    List<List<String>> tiers = new ArrayList<>();
    end.meter()
        .run()
        .forEach(
            (parameter, moments) -> {
              List<Finding> some = findings(parameter, moments, start, end.parameters());
              findings.addAll(some);
              GradientMoments differences = end.meter().differences().get(parameter);
              if (differences != null && some.stream().anyMatch(Finding::learned)) {
                List<String> names = names(end.parameters(), parameter, moments);
                tiers.addAll(tiers(moments, differences, names));
              }
            });
    return new LearningFindings(findings, tiers);
  }

  private static List<Finding> findings(
      String parameter, GradientMoments moments, MetaParameters start, MetaParameters end) {
    List<MeanTest> tests = tests(moments);
    double[] adjusted = MeanTest.adjusted(tests);
    List<String> names = names(end, parameter, moments);
    double[] movements =
        Tensors.toDoubles(
            PolicyOptimizer.measuring(end.augmenter())
                .movement(parameter, start.learned().get(parameter), end.learned().get(parameter)));
    // A positive gradient speaks against a larger number.
    return IntStream.range(0, adjusted.length)
        .filter(i -> !Double.isNaN(tests.get(i).t()))
        .mapToObj(
            i -> Finding.of(parameter, names.get(i), -tests.get(i).t(), adjusted[i], movements[i]))
        .toList();
  }

  private static List<MeanTest> tests(GradientMoments moments) {
    return IntStream.range(0, moments.entries()).mapToObj(moments::test).toList();
  }

  private static List<String> names(MetaParameters at, String parameter, GradientMoments moments) {
    return GradientMeter.entryNames(at.augmenter(), parameter, moments.entries());
  }

  private static List<List<String>> tiers(
      GradientMoments moments, GradientMoments differences, List<String> names) {
    List<Integer> mostFirst =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparingDouble(moments.means()::get))
            .toList();
    Set<Pair> different = different(differences, names.size());
    List<List<String>> tiers = new ArrayList<>();
    int first = -1;
    for (int next : mostFirst) {
      if (first < 0 || different.contains(new Pair(Math.min(first, next), Math.max(first, next)))) {
        tiers.add(new ArrayList<>());
        first = next;
      }
      tiers.get(tiers.size() - 1).add(names.get(next));
    }
    return tiers;
  }

  /** Which entries differ from each other beyond noise, all pairs being tested. */
  private static Set<Pair> different(GradientMoments differences, int entries) {
    List<Pair> pairs = GradientMeter.pairs(entries);
    double[] adjusted = MeanTest.adjusted(tests(differences));
    return IntStream.range(0, adjusted.length)
        .filter(i -> adjusted[i] <= LEVEL)
        .mapToObj(pairs::get)
        .collect(Collectors.toSet());
  }

  /** What was found about a number; empty if it has no gradient. */
  public Optional<Finding> find(String parameter, String entry) {
    return findings.stream()
        .filter(f -> f.parameter().equals(parameter) && f.entry().equals(entry))
        .findFirst();
  }

  /** For people: what moved beyond noise, parameter by parameter; none without meta steps. */
  public List<String> sentences() {
    Map<String, List<Finding>> byParameter =
        findings.stream()
            .collect(
                Collectors.groupingBy(Finding::parameter, LinkedHashMap::new, Collectors.toList()));
    if (findings.isEmpty()) {
      return List.of();
    }
    if (findings.stream().noneMatch(Finding::tested)) {
      return List.of("too few meta steps to tell what was learned from what is drift");
    }
    if (findings.stream().noneMatch(Finding::learned)) {
      return List.of(
          "nothing moved beyond noise (%s): what moved is drift, and its order mostly chance"
              .formatted(
                  byParameter.keySet().stream()
                      .map(LearningFindings::shortName)
                      .collect(Collectors.joining(", "))));
    }
    List<String> sentences = new ArrayList<>();
    byParameter.forEach(
        (parameter, some) -> sentences.add(shortName(parameter) + ": " + sentence(some)));
    if (!tiers.isEmpty()) {
      sentences.add(tierSentence());
    }
    return sentences;
  }

  private static String shortName(String parameter) {
    return parameter.substring(parameter.lastIndexOf('/') + 1);
  }

  private static String sentence(List<Finding> ofParameter) {
    List<String> parts = new ArrayList<>();
    named(ofParameter, f -> f.learned() && f.movement() > 0)
        .ifPresent(t -> parts.add("raised " + t));
    named(ofParameter, f -> f.learned() && f.movement() < 0)
        .ifPresent(t -> parts.add("lowered " + t));
    if (parts.isEmpty()) {
      return "did not move beyond noise";
    }
    long others = ofParameter.stream().filter(f -> !f.learned()).count();
    if (others > 0) {
      parts.add(others + (others == 1 ? " other" : " others") + " did not move beyond noise");
    }
    return String.join("; ", parts);
  }

  private static Optional<String> named(List<Finding> findings, Predicate<Finding> which) {
    List<Finding> some =
        findings.stream()
            .filter(which)
            .sorted(Comparator.comparingDouble(f -> -Math.abs(f.t())))
            .toList();
    String names = some.stream().limit(NAMED).map(Finding::text).collect(Collectors.joining(", "));
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(
            some.size() > NAMED ? names + " and " + (some.size() - NAMED) + " more" : names);
  }

  private String tierSentence() {
    return tiers.size() == 1
        ? "by evidence, no two of them differ from each other beyond noise"
        : tiers.stream()
            .map(tier -> String.join(", ", tier))
            .collect(
                Collectors.joining(
                    " > ", "by evidence: ", " (what commas join differs by no more than noise)"));
  }
}
