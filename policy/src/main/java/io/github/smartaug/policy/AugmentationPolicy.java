package io.github.smartaug.policy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * A learned augmentation policy, read from a {@code policy.json}, for programs that do not want
 * native libraries: plain Java without dependencies.
 *
 * <pre>{@code
 * AugmentationPolicy policy = AugmentationPolicy.read(Path.of("run/policy.json"));
 * for (int i = 0; i < images.size(); i++) {
 *   BufferedImage augmented = policy.augment(images.get(i), seed, i);
 * }
 * }</pre>
 *
 * <p>What is done to an image follows from seed and index alone, so the order of images and the
 * number of threads do not matter. The same draws give the library's results ({@code
 * io.github.smartaug.augment}) to 1/255; where a function jumps, such as {@code posterize}, a pixel
 * that is within rounding of the jump may fall to the other side.
 *
 * <p>Images have 1 channel (grey) or 3 (red, green, blue) and any size. Immutable, thread-safe, and
 * serializable, so that it can be sent to where the images are.
 */
public final class AugmentationPolicy implements Serializable {
  private static final long serialVersionUID = 1;

  private final PolicyContent content;
  private final LinkedHashMap<String, String> provenance;

  AugmentationPolicy(PolicyContent content, Map<String, String> provenance) {
    this.content = content;
    this.provenance = new LinkedHashMap<>(provenance);
  }

  /**
   * Reads a policy.
   *
   * @param fileOrRunFolder a policy file, or the folder of a run, which has one
   * @throws IllegalArgumentException if there is no such file, or it is wrong; the message names
   *     the file and the field: {@code policy.json: length: -1, allowed: a whole number from 0 to
   *     100}
   */
  public static AugmentationPolicy read(Path fileOrRunFolder) {
    Path file =
        Files.isDirectory(fileOrRunFolder)
            ? fileOrRunFolder.resolve("policy.json")
            : fileOrRunFolder;
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file, allowed: a policy file");
    }
    try {
      return decode(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read: " + e.getMessage() + ", allowed: a policy file", e);
    }
  }

  /**
   * Reads a policy, such as one among a program's resources, to the end of the stream, which stays
   * open.
   *
   * @param source named in messages
   * @throws IllegalArgumentException if the content is wrong; the message names the field
   */
  public static AugmentationPolicy read(InputStream stream, String source) throws IOException {
    return decode(stream.readAllBytes(), source);
  }

  private static AugmentationPolicy decode(byte[] text, String source) {
    try {
      // With a decoder of its own, because that of String replaces what it cannot read.
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return new PolicyReader(JsonField.parse(decoded, source)).read();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(source + ": bytes that are no text, allowed: UTF-8", e);
    }
  }

  /**
   * Augments an image.
   *
   * @param pixels in [0,1]; not changed
   * @param seed of all draws
   * @param index of the image among those that are augmented with the seed
   * @return in the same format
   * @throws IllegalArgumentException if there are not as many pixels as the format says, or a
   *     number is not in [0,1]
   */
  public float[] augment(float[] pixels, PixelFormat format, long seed, long index) {
    return apply(pixels, format, draw(seed, index));
  }

  /**
   * Augments an image.
   *
   * @param levels unsigned bytes; not changed
   * @param seed of all draws
   * @param index of the image among those that are augmented with the seed
   * @return in the same format, rounded to whole levels
   * @throws IllegalArgumentException if there are not as many pixels as the format says
   */
  public byte[] augment(byte[] levels, PixelFormat format, long seed, long index) {
    return apply(levels, format, draw(seed, index));
  }

  /**
   * Augments a picture, as red, green and blue. Levels are taken as they are stored: a grey of 64
   * becomes three times 64; transparency is laid over white.
   *
   * @param picture of any type; not changed
   * @param seed of all draws
   * @param index of the image among those that are augmented with the seed
   * @return of the same size, of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public BufferedImage augment(BufferedImage picture, long seed, long index) {
    return apply(picture, draw(seed, index));
  }

  /**
   * What is drawn for an image: what the library draws for a batch of one from the stream for
   * {@code seed} and {@code "augmentation/INDEX"}. Where classes have policies of their own, an
   * image gets that of a class drawn at random.
   */
  public ImageDraw draw(long seed, long index) {
    return draw(DrawStream.of(seed, "augmentation/" + index));
  }

  /** Draws for an image from a stream, which goes on. */
  public ImageDraw draw(RandomGenerator random) {
    return draw(1, random).get(0);
  }

  /**
   * Draws for an image of a known class.
   *
   * @param imageClass from 0; no matter which, unless classes have policies of their own
   * @throws IllegalArgumentException if the policy knows classes, but not this one
   */
  public ImageDraw drawForClass(int imageClass, RandomGenerator random) {
    return content.draw(new int[] {classes() > 1 ? imageClass : 0}, random).get(0);
  }

  /** Draws for several images, in the order in which the library draws for a batch of them. */
  public List<ImageDraw> draw(int images, RandomGenerator random) {
    int[] imageClasses = new int[images];
    if (classes() > 1) {
      Arrays.setAll(imageClasses, i -> random.nextInt(classes()));
    }
    return content.draw(imageClasses, random);
  }

  /** {@link #augment(float[], PixelFormat, long, long) Augments} an image as was drawn. */
  public float[] apply(float[] pixels, PixelFormat format, ImageDraw draw) {
    Planes image = PixelArrays.read(pixels, format);
    content.apply(image, draw);
    return PixelArrays.write(image, format);
  }

  /** {@link #augment(byte[], PixelFormat, long, long) Augments} an image as was drawn. */
  public byte[] apply(byte[] levels, PixelFormat format, ImageDraw draw) {
    Planes image = PixelArrays.read(levels, format);
    content.apply(image, draw);
    return PixelArrays.writeLevels(image, format);
  }

  /** {@link #augment(BufferedImage, long, long) Augments} a picture as was drawn. */
  public BufferedImage apply(BufferedImage picture, ImageDraw draw) {
    Planes image = Pictures.read(picture);
    content.apply(image, draw);
    return Pictures.write(image);
  }

  /** Names of the transforms to choose from, T. */
  public List<String> transforms() {
    return content.transforms().stream().map(NamedTransform::name).toList();
  }

  /** Number of transforms that an image gets in turn. */
  public int length() {
    return content.length();
  }

  /** Number of classes with probabilities and magnitudes of their own; 1 if all are alike. */
  public int classes() {
    return content.classes();
  }

  /**
   * How likely each transform is at a position, the mean over positions and classes: T numbers that
   * sum to 1.
   */
  public double[] probabilities() {
    return meanOverClasses(this::probabilities);
  }

  /**
   * How likely each transform is for images of a class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public double[] probabilities(int ofClass) {
    return content.probabilities(ofClass);
  }

  /** The magnitude of each transform in [0,1], the mean over classes: T numbers. */
  public double[] magnitudes() {
    return meanOverClasses(this::magnitudes);
  }

  /**
   * The magnitude of each transform for images of a class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public double[] magnitudes(int ofClass) {
    float[] own = content.magnitudes()[content.requireClass(ofClass)];
    double[] magnitudes = new double[own.length];
    Arrays.setAll(magnitudes, t -> own[t]);
    return magnitudes;
  }

  private double[] meanOverClasses(IntFunction<double[]> ofClass) {
    double[] means = new double[content.transforms().size()];
    for (int c = 0; c < classes(); c++) {
      double[] own = ofClass.apply(c);
      Arrays.setAll(means, t -> means[t] + own[t] / classes());
    }
    return means;
  }

  /** Where the policy is from, by name, as the file says: versions, data, options. */
  public Map<String, String> provenance() {
    return Collections.unmodifiableMap(provenance);
  }
}
