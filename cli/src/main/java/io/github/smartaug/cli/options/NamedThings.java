package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.data.DatasetFormats;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.published.PublishedDatasets;
import io.github.smartaug.meta.EstimatorType;
import io.github.smartaug.meta.HypergradientEstimators;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.optim.Schedules;
import io.github.smartaug.registry.Registered;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.Transforms;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A kind of things that have names, with its registry and the option that names them. */
public final class NamedThings {
  /** Data sets that need no path. */
  public static final NamedThings DATASETS =
      new NamedThings("Data sets", "--dataset", Datasets::entries, "a folder or file");

  /** Data sets that can be downloaded. */
  public static final NamedThings PUBLISHED_DATASETS =
      new NamedThings("Published data sets", "datasets fetch", PublishedDatasets::entries);

  /** Formats of data sets in folders and files. */
  public static final NamedThings DATASET_FORMATS =
      new NamedThings("Data formats", "--dataset", DatasetFormats::entries);

  /** Model architectures. */
  public static final NamedThings MODELS =
      new NamedThings("Models", "--model", Models::entries, "FILE.pt", "RUN");

  /** Sets of transforms. */
  public static final NamedThings TRANSFORM_SETS =
      new NamedThings("Transform sets", "--transforms", TransformSets::entries, "FILE.json");

  /** Single transforms. */
  public static final NamedThings TRANSFORMS =
      new NamedThings("Transforms", "--transform", Transforms::entries);

  /** Augmentation policies. */
  public static final NamedThings POLICIES =
      new NamedThings("Policies", "--augment", Policies::entries, "FILE.json", "RUN");

  /** Optimizers of the model. */
  public static final NamedThings OPTIMIZERS =
      new NamedThings("Optimizers", "--optimizer", Optimizers::entries);

  /** Ways to compute the gradient of the policy. */
  public static final NamedThings ESTIMATORS =
      new NamedThings(
          "Hypergradient estimators", "--hypergradient", HypergradientEstimators::entries);

  /** Learning-rate schedules. */
  public static final NamedThings SCHEDULES =
      new NamedThings("Schedules", "--scheduler", Schedules::entries);

  private static final int MOST_NAMES = 30;
  private static final int FIRST_NAMES = 15;

  private final String title;
  private final String option;
  private final Supplier<List<? extends Registered>> entries;
  private final List<String> others;

  private NamedThings(
      String title, String option, Supplier<List<? extends Registered>> entries, String... others) {
    this.title = title;
    this.option = option;
    this.entries = entries;
    this.others = List.of(others);
  }

  /** All kinds, in the order in which pages show them. */
  public static List<NamedThings> all() {
    return List.of(
        DATASETS,
        PUBLISHED_DATASETS,
        DATASET_FORMATS,
        MODELS,
        TRANSFORM_SETS,
        TRANSFORMS,
        POLICIES,
        OPTIMIZERS,
        SCHEDULES,
        ESTIMATORS);
  }

  /** What they are, in the plural. */
  public String title() {
    return title;
  }

  /** The option that takes their names. */
  public String option() {
    return option;
  }

  /** All of them, as the registry has them now. */
  public List<? extends Registered> entries() {
    return entries.get();
  }

  /** How an entry is written on the command line: its name, and what belongs behind it. */
  public static String text(Registered entry) {
    return entry instanceof EstimatorType estimator ? estimator.usage() : entry.name();
  }

  /**
   * The names, {@link #inShort in short}, and what else the option takes, with commas between them.
   */
  public String allowed() {
    String names = inShort(entries().stream().map(NamedThings::text).toList());
    return String.join(", ", Stream.concat(Stream.of(names), others.stream()).toList());
  }

  /** Names with commas between them; of very many, the first ones and where the others stand. */
  public static String inShort(List<String> names) {
    if (names.size() <= MOST_NAMES) {
      return String.join(", ", names);
    }
    return "%s, and %d more (see smartaug info)"
        .formatted(String.join(", ", names.subList(0, FIRST_NAMES)), names.size() - FIRST_NAMES);
  }

  /** The entry of that name or alias, if there is one. */
  public Optional<? extends Registered> find(String name) {
    return entries().stream().filter(entry -> entry.isNamed(name)).findFirst();
  }

  /**
   * Checks that there is an entry of that name or alias.
   *
   * @throws IllegalArgumentException that names the option, if there is none
   */
  void requireKnown(String name) {
    if (find(name).isEmpty()) {
      throw new IllegalArgumentException(option + ": \"" + name + "\", allowed: " + allowed());
    }
  }
}
