package io.github.smartaug.cli.options;

import io.github.smartaug.run.benchmark.ArmKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The arms that a benchmark knows by name. */
public enum StandardArm {
  /** Without augmentation. */
  NONE(ArmKind.PLAIN),
  /** RandAugment; length and magnitude are searched. */
  RANDOM(ArmKind.RANDOM),
  /** TrivialAugment as published. */
  TRIVIAL_WIDE(ArmKind.RANDOM),
  /** The learner at learning rate 0. */
  UNLEARNED(ArmKind.UNLEARNED),
  /** One probability per transform. */
  LEARNED(ArmKind.LEARNED),
  /** One probability per sequence. */
  SEQUENCE(ArmKind.LEARNED),
  /** A policy from a file; which one is an option. */
  ORACLE(ArmKind.GIVEN);

  private final ArmKind kind;

  StandardArm(ArmKind kind) {
    this.kind = kind;
  }

  /**
   * The arm of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StandardArm named(String name) {
    return Arrays.stream(values())
        .filter(arm -> arm.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--arms: \"" + name + "\", allowed: " + String.join(", ", names())));
  }

  /** All names. */
  static List<String> names() {
    return Arrays.stream(values()).map(StandardArm::toString).collect(Collectors.toList());
  }

  /** What it stands for. */
  public ArmKind kind() {
    return kind;
  }

  /** Its options of training. */
  public Map<String, String> options() {
    return switch (this) {
      case NONE -> Map.of("augment", "none");
      case RANDOM -> Map.of("augment", "random");
      case TRIVIAL_WIDE -> Map.of("augment", "trivial", "transforms", "trivialaugment-wide");
      case UNLEARNED -> Map.of("augment", "learned", "meta-lr", "0");
      case LEARNED -> Map.of("augment", "learned");
      case SEQUENCE -> Map.of("augment", "sequence");
      case ORACLE -> Map.of();
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
