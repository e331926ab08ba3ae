package io.github.smartaug.meta;

import io.github.smartaug.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The hypergradient estimators by name. */
public final class HypergradientEstimators {
  private static final String KIND = "hypergradient estimator";

  private static final Registry<EstimatorType> REGISTRY =
      new Registry<>(
          KIND,
          EstimatorType.class,
          List.of(
              new Plain(
                  "unrolled", "exact; keeps the graphs of all K steps in memory", Unrolled::new),
              new Plain(
                  "checkpointed",
                  "exact; computes every step twice and keeps one graph",
                  Checkpointed::new),
              new Numbered<>(
                  "trial",
                  "the last step, part of it tried with each transform, on J fresh images: the"
                      + " least noise",
                  Trial.class,
                  Trial::new,
                  Trial::images,
                  OptionalInt.of(Trial.DEFAULT_IMAGES)),
              new Numbered<>(
                  "probe",
                  "the last step, from J fresh images with every transform: little noise",
                  PairedProbe.class,
                  PairedProbe::new,
                  PairedProbe::images,
                  OptionalInt.of(PairedProbe.DEFAULT_IMAGES)),
              new Numbered<>(
                  "truncated",
                  "looks back over the last J steps only: cheaper",
                  Truncated.class,
                  Truncated::new,
                  Truncated::length,
                  OptionalInt.empty()),
              new Plain(
                  "forward",
                  "the last step by forward-mode differentiation; exact for K = 1",
                  Forward::new),
              new Plain(
                  "finite-difference",
                  "the last step, approximately, by two more gradients, as in DARTS",
                  FiniteDifference::new),
              new Numbered<>(
                  "neumann",
                  "implicit differentiation, J terms of a Neumann series; for large K",
                  Neumann.class,
                  Neumann::new,
                  Neumann::terms,
                  OptionalInt.empty()),
              new Numbered<>(
                  "cg",
                  "implicit differentiation, J steps of conjugate gradients; for large K",
                  ConjugateGradient.class,
                  ConjugateGradient::new,
                  ConjugateGradient::iterations,
                  OptionalInt.empty())));

  private HypergradientEstimators() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<EstimatorType> entries() {
    return REGISTRY.entries();
  }

  /**
   * The entry of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EstimatorType named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds an estimator, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(EstimatorType estimator) {
    REGISTRY.register(estimator);
  }

  /**
   * Takes back an estimator that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /**
   * The estimator of a text: a name, or a name and a number after a colon.
   *
   * @param text such as {@code unrolled}, {@code truncated:3}
   * @throws IllegalArgumentException if it stands for none
   */
  public static HypergradientEstimator parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    KIND + ": \"" + text + "\", allowed: " + allowedTexts()));
  }

  /** As {@link #parse}, empty if the text stands for no estimator. */
  public static Optional<HypergradientEstimator> find(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return REGISTRY
          .find(text)
          .filter(entry -> entry.argument() != EstimatorType.ArgumentUse.REQUIRED)
          .map(entry -> entry.create(OptionalInt.empty()));
    }
    OptionalInt argument = number(text.substring(colon + 1));
    return REGISTRY
        .find(text.substring(0, colon))
        .filter(entry -> entry.argument() != EstimatorType.ArgumentUse.NONE && argument.isPresent())
        .map(entry -> entry.create(argument));
  }

  private static OptionalInt number(String digits) {
    // More terms or steps than four digits say would take for ever.
    return digits.matches("[1-9][0-9]{0,3}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  /** What {@link #parse} takes, for messages. */
  public static String allowedTexts() {
    return entries().stream()
        .map(EstimatorType::usage)
        .collect(Collectors.joining(", ", "", " (J a whole number from 1 to 9999)"));
  }

  /** The text from which {@link #parse} makes such an estimator, if its entry knows one. */
  public static Optional<String> textOf(HypergradientEstimator estimator) {
    return entries().stream().flatMap(entry -> entry.textOf(estimator).stream()).findFirst();
  }

  private record Plain(
      String name, String description, Supplier<? extends HypergradientEstimator> factory)
      implements EstimatorType {
    @Override
    public HypergradientEstimator create(OptionalInt argument) {
      return factory.get();
    }
  }

  /**
   * An estimator with a number.
   *
   * @param number of an estimator
   * @param otherwise the number if none is given; empty if one must be
   */
  private record Numbered<T extends HypergradientEstimator>(
      String name,
      String description,
      Class<T> type,
      IntFunction<T> factory,
      ToIntFunction<T> number,
      OptionalInt otherwise)
      implements EstimatorType {
    @Override
    public ArgumentUse argument() {
      return otherwise.isPresent() ? ArgumentUse.OPTIONAL : ArgumentUse.REQUIRED;
    }

    @Override
    public HypergradientEstimator create(OptionalInt argument) {
      return factory.apply(argument.isPresent() ? argument.getAsInt() : otherwise.orElseThrow());
    }

    @Override
    public Optional<String> textOf(HypergradientEstimator estimator) {
      return Optional.of(estimator)
          .filter(type::isInstance)
          .map(type::cast)
          .map(number::applyAsInt)
          .filter(argument -> factory.apply(argument).equals(estimator))
          .map(argument -> name + ":" + argument);
    }
  }
}
