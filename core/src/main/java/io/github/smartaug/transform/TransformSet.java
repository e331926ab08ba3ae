package io.github.smartaug.transform;

import io.github.smartaug.file.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An ordered set of transforms: the space that a policy chooses from.
 *
 * <p>The file format is a JSON array of {@code {"name", "function", "param": {"min", "max",
 * "invScale", "symmetric", "axis", "absolute"}}}:
 *
 * <ul>
 *   <li>{@code function}: one of {@link Transforms#functions()};
 *   <li>{@code min}, {@code max}: the ends of the range; {@code min} null or missing means a range
 *       symmetric about zero. Not needed if the function takes no value;
 *   <li>{@code invScale}: whether magnitudes open the range from its largest value down; default
 *       false;
 *   <li>{@code symmetric}: whether they open it from its middle to both sides; default false, true
 *       without a {@code min};
 *   <li>{@code axis}: {@code "X"} or {@code "Y"}, for functions that have one;
 *   <li>{@code absolute}: if false, the ends are multiples of the image's size: of its width for
 *       axis X, its height for axis Y, the larger of both without an axis; default true.
 * </ul>
 *
 * <p>Other fields are ignored, with a warning in the log.
 *
 * @param name of the set: of a built-in one, or a file's name without {@code .json}
 * @param transforms in order, at least one, with unique names
 * @param sampling how those that move pixels read the image; not part of the set's file
 */
public record TransformSet(String name, List<NamedTransform> transforms, Sampling sampling) {
  /**
   * Checks and copies the list.
   *
   * @throws IllegalArgumentException if it is empty or a name occurs twice
   */
  public TransformSet {
    transforms = List.copyOf(transforms);
    check(name, transforms);
  }

  /** A set that is sampled by {@link Sampling#DEFAULT}. */
  public TransformSet(String name, List<NamedTransform> transforms) {
    this(name, transforms, Sampling.DEFAULT);
  }

  /**
   * A set of these transforms.
   *
   * <pre>{@code
   * TransformSet.of(
   *     "mine",
   *     new NamedTransform("Rotate", new Rotate(), MagnitudeRange.symmetric(30)),
   *     new NamedTransform(
   *         "Shift",
   *         new Translate(Axis.X),
   *         MagnitudeRange.symmetric(0.25).in(MagnitudeRange.Unit.WIDTH)),
   *     new NamedTransform("Dim", new Brightness(), MagnitudeRange.inverse(0.2, 1)),
   *     new NamedTransform("Equalize", new Equalize()));
   * }</pre>
   *
   * @throws IllegalArgumentException if there are none, or a name occurs twice
   */
  public static TransformSet of(String name, NamedTransform... transforms) {
    return new TransformSet(name, List.of(transforms));
  }

  /**
   * The same set without the transforms that can do nothing to images of that many channels: those
   * of colours, for grey images. A policy that had them would draw them for nothing, and move their
   * probabilities and magnitudes by chance.
   *
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @throws IllegalArgumentException if none is left
   */
  public TransformSet usableOn(int channels) {
    List<NamedTransform> usable = transforms.stream().filter(t -> t.usableOn(channels)).toList();
    if (usable.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": no transform changes grey images, allowed: a set with one that does");
    }
    return usable.size() == size() ? this : new TransformSet(name, usable, sampling);
  }

  /** The same set, sampled in another way. */
  public TransformSet withSampling(Sampling other) {
    return new TransformSet(name, transforms, other);
  }

  /**
   * Whether the magnitude of a transform can be learned: {@link NamedTransform#learnable()}, and
   * what it reads varies continuously with its value. With nearest interpolation transforms that
   * resample cannot be learned.
   */
  public boolean learnable(int transform) {
    NamedTransform named = transforms.get(transform);
    return named.learnable()
        && (sampling.interpolation() == Sampling.Interpolation.BILINEAR
            || !(named.transform() instanceof AffineTransform));
  }

  /**
   * Another transform of the set that is the same along the other axis, with the same range:
   * translation along X and along Y. Empty if there is none.
   */
  public OptionalInt alongOtherAxis(int transform) {
    NamedTransform named = transforms.get(transform);
    return Transforms.entryOf(named.transform())
        .filter(entry -> entry.axis().isPresent())
        .map(
            entry ->
                IntStream.range(0, size())
                    .filter(other -> isAlongOtherAxis(transforms.get(other), named, entry))
                    .findFirst())
        .orElse(OptionalInt.empty());
  }

  private static boolean isAlongOtherAxis(
      NamedTransform other, NamedTransform named, TransformType ofNamed) {
    return alongAnyAxis(other.mapping()).equals(alongAnyAxis(named.mapping()))
        && Transforms.entryOf(other.transform())
            .filter(entry -> entry.function().equals(ofNamed.function()))
            .filter(entry -> !entry.axis().equals(ofNamed.axis()))
            .isPresent();
  }

  /** Multiples of the width along one axis are what multiples of the height are along the other. */
  private static ValueMapping alongAnyAxis(ValueMapping mapping) {
    return mapping instanceof MagnitudeRange range && range.unit() == MagnitudeRange.Unit.HEIGHT
        ? range.in(MagnitudeRange.Unit.WIDTH)
        : mapping;
  }

  /** {@link #TransformSet Checks} under the name that a message shall give. */
  static void check(String source, List<NamedTransform> transforms) {
    if (transforms.isEmpty()) {
      throw new IllegalArgumentException(source + ": no transforms, at least one is needed");
    }
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < transforms.size(); i++) {
      String member = transforms.get(i).name();
      Integer earlier = positions.putIfAbsent(member, i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            String.format(
                "%s: transform %d \"%s\": the name is taken by transform %d",
                source, i + 1, member, earlier + 1));
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if there is no such file or it is not of the format; the
   *     message names the file and the transform
   */
  public static TransformSet read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + (Files.exists(file) ? ": not a regular file" : ": no such file"));
    }
    String fileName = file.getFileName().toString();
    return new TransformSetReader(file.toString())
        .read(fileName.replaceFirst("\\.json$", ""), Files.readString(file));
  }

  /**
   * Reads the content of a file, to its end; the reader stays open.
   *
   * @param reader of an array of transforms
   * @param name of the set
   * @param source named in messages
   * @throws IllegalArgumentException if the content is not of the format
   */
  public static TransformSet read(Reader reader, String name, String source) throws IOException {
    StringWriter json = new StringWriter();
    reader.transferTo(json);
    return parse(name, json.toString(), source);
  }

  /**
   * Reads the content of a file.
   *
   * @param name of the set
   * @param json an array of transforms
   * @param source named in messages
   * @throws IllegalArgumentException if the content is not of the format
   */
  public static TransformSet parse(String name, String json, String source) {
    return new TransformSetReader(source).read(name, json);
  }

  /**
   * Writes a file, atomically.
   *
   * @throws IllegalArgumentException as {@link #toJson()}
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, toJson());
  }

  /**
   * Writes the content of a file; the writer stays open.
   *
   * @throws IllegalArgumentException as {@link #toJson()}
   */
  public void write(Writer writer) throws IOException {
    writer.write(toJson());
  }

  /**
   * The content of the set's file; ends with a line break.
   *
   * @throws IllegalArgumentException if a transform or its mapping is not one that the format knows
   */
  public String toJson() {
    return TransformSetWriter.toJson(this);
  }

  /**
   * The same set with true derivatives only: transforms whose value has none, such as posterize and
   * solarize, are not learned, as in the research program that this library descends from. Its file
   * is the same.
   */
  public TransformSet withoutStraightThrough() {
    return new TransformSet(
        name, transforms.stream().map(NamedTransform::withoutStraightThrough).toList(), sampling);
  }

  /** Names in order. */
  public List<String> names() {
    return transforms.stream().map(NamedTransform::name).toList();
  }

  /** Number of transforms. */
  public int size() {
    return transforms.size();
  }
}
