package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.options.Augmentation;
import io.github.smartaug.cli.options.ComparisonOptions;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.StandardArm;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.run.benchmark.Arm;
import io.github.smartaug.run.benchmark.ArmKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the arms of a comparison, each checked as a run of its own would be. */
final class Arms {
  /** What the comparison chooses itself. */
  static final Set<String> OF_THE_COMPARISON =
      Set.of("out", "seed", "force", "resume", "config", "threads", "dataset", "folds", "fold");

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private final ComparisonOptions comparison;
  private final TrainOptions training;
  private final Map<String, String> shared;

  /**
   * Arms of that comparison.
   *
   * @param shared options of all arms, by name
   */
  Arms(ComparisonOptions comparison, TrainOptions training, Map<String, String> shared) {
    this.comparison = comparison;
    this.training = training;
    this.shared = shared;
  }

  /** All arms, in the order in which they were asked for. */
  List<Arm> all() {
    Map<String, Arm> arms = new LinkedHashMap<>();
    for (String name : comparison.arms()) {
      arms.put(name, checked(standard(StandardArm.named(name))));
    }
    for (Arm arm : fromFile()) {
      if (arms.put(arm.name(), arm) != null) {
        throw new IllegalArgumentException(
            "--arms-file: " + arm.name() + ": is an arm of --arms already, allowed: another name");
      }
    }
    return new ArrayList<>(arms.values());
  }

  private Arm standard(StandardArm arm) {
    Arm made = new Arm(arm.toString(), arm.kind(), shared).with(arm.options());
    return arm == StandardArm.ORACLE ? made.with(Map.of("augment", oracle().toString())) : made;
  }

  private Path oracle() {
    Path file =
        comparison.oracle().orElseGet(() -> Path.of(training.data().dataset(), "oracle.json"));
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--arms: oracle: there is no file " + file + ", allowed: with --oracle FILE.json");
    }
    return file;
  }

  private List<Arm> fromFile() {
    if (comparison.armsFile().isEmpty()) {
      return List.of();
    }
    Path file = comparison.armsFile().get();
    JsonField root = JsonField.parse(text(file), "--arms-file: " + file);
    return root.names().stream().map(name -> fromFile(name, root.field(name))).toList();
  }

  private Arm fromFile(String name, JsonField words) {
    String source = words.source() + ": " + name;
    if (!name.matches(NAME) || name.equals(RandomSearch.FOLDER)) {
      throw new IllegalArgumentException(
          source + ": cannot be the name of an arm, allowed: letters, digits, hyphens");
    }
    Map<String, String> given =
        OptionValues.given(words.elements().stream().map(JsonField::text).toList(), source);
    given.keySet().stream()
        .filter(OF_THE_COMPARISON::contains)
        .findFirst()
        .ifPresent(
            option -> {
              throw new IllegalArgumentException(
                  source + ": --" + option + ": is the comparison's, allowed: other options");
            });
    Arm arm = new Arm(name, ArmKind.LEARNED, shared).with(given);
    return checked(new Arm(name, kind(options(arm)), arm.options()));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--arms-file: " + file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static ArmKind kind(TrainOptions options) {
    Augmentation augmentation = options.augmentation().augmentation();
    if (augmentation.file().isPresent()) {
      return ArmKind.GIVEN;
    }
    if (augmentation.isLearned()) {
      return options.policyLearning().movesPolicy() ? ArmKind.LEARNED : ArmKind.UNLEARNED;
    }
    return augmentation.isNone() ? ArmKind.PLAIN : ArmKind.RANDOM;
  }

  private static Arm checked(Arm arm) {
    try {
      options(arm).check();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("arm " + arm.name() + ": " + e.getMessage(), e);
    }
    return arm;
  }

  /** Of its first run: of several folds, each run gets its own. */
  private static TrainOptions options(Arm arm) {
    Map<String, String> options = new LinkedHashMap<>(arm.options());
    if (options.containsKey("folds")) {
      PlannedRun.fold(1).forEach(options::putIfAbsent);
    }
    return OptionValues.parse(options, "arm " + arm.name()).options();
  }
}
