package io.github.smartaug.augment;

import io.github.smartaug.registry.Registry;
import java.util.List;
import java.util.Optional;

/** The augmentation policies by name. */
public final class Policies {
  static final LearnedPolicyType INDEPENDENT = new IndependentPolicyType();
  static final LearnedPolicyType SEQUENCE =
      LearnedPolicyType.of(
          "sequence",
          "as learned, with one probability per ordered sequence of N transforms",
          SequencePolicy::sequences,
          SequencePolicy::new);

  private static final Registry<PolicyType> REGISTRY =
      new Registry<>(
          "policy",
          PolicyType.class,
          List.of(
              PolicyType.of("none", "images as they are", settings -> new NoAugmentation()),
              PolicyType.of(
                  "random",
                  "N random transforms, all equally likely and equally strong (RandAugment)",
                  "randaugment",
                  settings ->
                      new RandAugment(
                          settings.transforms(), settings.length(), settings.magnitude())),
              PolicyType.of(
                  "trivial",
                  "one random transform of random strength (TrivialAugment)",
                  "trivialaugment-wide",
                  settings -> new TrivialAugment(settings.transforms())),
              INDEPENDENT,
              SEQUENCE));

  private Policies() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<PolicyType> entries() {
    return REGISTRY.entries();
  }

  /** The entries whose policies are learned and held by files. */
  public static List<LearnedPolicyType> learned() {
    return entries().stream().map(PolicyType::learned).flatMap(Optional::stream).toList();
  }

  /** What makes policies of that name, if it is known. */
  public static Optional<PolicyType> find(String name) {
    return REGISTRY.find(name);
  }

  /**
   * What makes policies of that name.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static PolicyType named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds a policy, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(PolicyType policy) {
    REGISTRY.register(policy);
  }

  /**
   * Takes back a policy that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }
}
