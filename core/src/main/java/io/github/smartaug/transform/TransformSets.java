package io.github.smartaug.transform;

import io.github.smartaug.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The transform sets by name. */
public final class TransformSets {
  /** The set that is used when none is named. */
  public static final String DEFAULT = "randaugment";

  /** Where magnitudes that are learned start in a set that says nothing else. */
  public static final double INITIAL_MAGNITUDE = 0.15;

  /**
   * Where they start in a set of moderate ranges. Values are drawn from all of a range up to the
   * magnitude, so that they are on average as strong as RandAugment's at its usual 0.3.
   */
  private static final double MODERATE_INITIAL_MAGNITUDE = 0.6;

  private static final String KIND = "transform set";
  private static final String SUFFIX = ".json";

  private static final Registry<TransformSetType> REGISTRY =
      new Registry<>(
          KIND,
          TransformSetType.class,
          List.of(
              new Resource("base", "geometric transforms of moderate range and colour transforms"),
              new Resource(
                  "wide", "base with full turns, shifts by half the image and strong shears"),
              new Resource("wide-geometric", "the geometric transforms of wide alone"),
              new Resource(
                  "inverse-scale",
                  "base; factors to both sides of 1 are two transforms, from weak to strong"),
              new Resource("inverse-scale-wide", "inverse-scale with the ranges of wide"),
              new Resource("inverse-scale-wide-cutout", "inverse-scale-wide and cutout"),
              new Resource(
                  "bad", "base, and transforms that destroy the image, which a learner must avoid"),
              new Resource("geometric-bad", "the geometric transforms of bad, and no others"),
              new Resource(
                  "randaugment",
                  "the transforms of RandAugment, with torchvision's ranges",
                  MODERATE_INITIAL_MAGNITUDE),
              new Resource(
                  "randaugment-flip",
                  "randaugment and mirror images, for photos",
                  MODERATE_INITIAL_MAGNITUDE),
              new Resource(
                  "trivialaugment-wide",
                  "the transforms of TrivialAugmentWide, with torchvision's ranges"),
              new Resource("everything", "inverse-scale-wide and all functions beyond it")));

  private TransformSets() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<TransformSetType> entries() {
    return REGISTRY.entries();
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TransformSet named(String name) {
    return REGISTRY.named(name).set();
  }

  /**
   * Where magnitudes that are learned start unless told otherwise.
   *
   * @param nameOrFile as in {@link #resolve}
   */
  public static double initialMagnitude(String nameOrFile) {
    return REGISTRY
        .find(nameOrFile)
        .map(TransformSetType::initialMagnitude)
        .orElse(INITIAL_MAGNITUDE);
  }

  /**
   * Adds a set, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(TransformSetType set) {
    REGISTRY.register(set);
  }

  /**
   * Takes back a set that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /**
   * A set by its name, or from a file.
   *
   * @param nameOrFile one of {@link #names()}, or the path of a file {@code *.json}
   * @throws IllegalArgumentException if it is neither, or the file is not one of {@link
   *     TransformSet}
   */
  public static TransformSet resolve(String nameOrFile) throws IOException {
    Optional<TransformSetType> entry = REGISTRY.find(nameOrFile);
    if (entry.isPresent()) {
      return entry.get().set();
    }
    if (nameOrFile.endsWith(SUFFIX)) {
      return TransformSet.read(Path.of(nameOrFile));
    }
    throw new IllegalArgumentException(
        "%s: \"%s\", allowed: %s, FILE%s"
            .formatted(KIND, nameOrFile, String.join(", ", names()), SUFFIX));
  }

  /** A set whose file is a resource of the library. */
  private record Resource(String name, String description, double initialMagnitude)
      implements TransformSetType {
    Resource(String name, String description) {
      this(name, description, INITIAL_MAGNITUDE);
    }

    @Override
    public TransformSet set() {
      String resource = "sets/" + name + SUFFIX;
      try (InputStream in = TransformSets.class.getResourceAsStream(resource)) {
        String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new TransformSetReader(resource).read(name, json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
