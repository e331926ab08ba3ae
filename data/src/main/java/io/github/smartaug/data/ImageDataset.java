package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.random.RandomStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Labelled images of one shape, immutable.
 *
 * <p>A pixel is one unsigned byte per channel, stored channel by channel ([C,H,W]), so 60,000
 * images of 1x28x28 take 47 MB of Java heap. Each image is an array of its own: a set may be larger
 * than 2 GB, and {@link #subset subsets} share the images. Images that are not {@link InMemory held
 * in memory} are decoded anew whenever their pixels are asked for; labels and names are always
 * there.
 */
public final class ImageDataset {
  private static final int LOOKED_AT_TOGETHER = 1024;

  private final ImageShape shape;
  private final List<String> classNames;
  private final StoredImage[] images;
  private final int[] labels;
  private final ImageNames names;

  private ImageDataset(
      ImageShape shape,
      List<String> classNames,
      StoredImage[] images,
      int[] labels,
      ImageNames names) {
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.images = images;
    this.labels = labels;
    this.names = names;
  }

  /**
   * A data set of copies of these images.
   *
   * @param shape of every image
   * @param classNames name of class 0, 1, ...
   * @param images one array of {@code channels * height * width} unsigned bytes per image, [C,H,W]
   * @param labels one class index per image, from 0
   * @throws IllegalArgumentException if there are no images, or numbers do not fit together
   */
  public static ImageDataset of(
      ImageShape shape, List<String> classNames, byte[][] images, int[] labels) {
    byte[][] copies = Arrays.stream(images).map(byte[]::clone).toArray(byte[][]::new);
    return owning(shape, classNames, copies, labels.clone());
  }

  /** As {@link #of}, without copies: the caller gives the arrays away. */
  static ImageDataset owning(
      ImageShape shape, List<String> classNames, byte[][] images, int[] labels) {
    if (images.length == 0 || images.length != labels.length) {
      throw new IllegalArgumentException(
          images.length
              + " images and "
              + labels.length
              + " labels, allowed: one label per image, at least one image");
    }
    int imageBytes = byteCount(shape);
    StoredImage[] stored = new StoredImage[images.length];
    for (int i = 0; i < images.length; i++) {
      if (images[i].length != imageBytes) {
        throw new IllegalArgumentException(
            "image "
                + i
                + " has "
                + images[i].length
                + " bytes, allowed: "
                + imageBytes
                + " for the shape "
                + shape);
      }
      stored[i] = new StoredImage.Held(images[i]);
    }
    return ofStored(shape, classNames, stored, labels);
  }

  /**
   * As {@link #of}, of images of that shape; the arrays are given away.
   *
   * @param images at least one, as many as labels
   */
  static ImageDataset ofStored(
      ImageShape shape, List<String> classNames, StoredImage[] images, int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "image " + i + " has label " + labels[i] + ", allowed: 0.." + (classNames.size() - 1));
      }
    }
    return new ImageDataset(shape, classNames, images, labels, ImageNames.numbers());
  }

  /**
   * A data set of images of somebody's own, which are asked for whenever a batch needs them, or
   * once, to be held, if they fit.
   *
   * @param images all of one shape
   * @param classNames name of class 0, 1, ...
   * @param options whether images are held, and the threads that ask for them otherwise
   * @throws IllegalArgumentException if there are no images, or one is of another shape or class
   */
  public static ImageDataset of(Dataset images, List<String> classNames, LoaderOptions options) {
    return new DatasetImages(images, options).toDataset(classNames);
  }

  /**
   * As {@link #of}, of images that a reader made.
   *
   * @param images all of one shape, at least one
   */
  public static ImageDataset ofDecoded(
      List<DecodedImage> images, List<String> classNames, int[] labels) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("no images, allowed: at least one");
    }
    byte[][] pixels = images.stream().map(DecodedImage::pixels).toArray(byte[][]::new);
    return owning(images.get(0).shape(), classNames, pixels, labels);
  }

  static int byteCount(ImageShape shape) {
    return Math.multiplyExact(shape.channels(), Math.multiplyExact(shape.height(), shape.width()));
  }

  /** Number of images, at least 1. */
  public int size() {
    return images.length;
  }

  /** Shape of every image. */
  public ImageShape shape() {
    return shape;
  }

  /** Name of class 0, 1, ...; there may be classes without images. */
  public List<String> classNames() {
    return classNames;
  }

  /** Class of one image, from 0. */
  public int label(int index) {
    return labels[index];
  }

  /** Class of every image: a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * What one image is called within its data set: the path of its file, with {@code /} between
   * folders, or the set and the position that it was read from, from 0, such as {@code
   * training/17}. {@link #subset Subsets} keep the names.
   */
  public String imageName(int index) {
    return names.of(index);
  }

  /**
   * The same images under the names of their files. The text of all names is kept in one piece.
   *
   * @param name of each image, from index 0; no two are equal
   */
  public ImageDataset named(IntFunction<String> name) {
    return withNames(ImageNames.texts(size(), name));
  }

  /** The same images, numbered within a set of that name unless they have names. */
  ImageDataset numberedIn(String set) {
    return withNames(names.numberedIn(set));
  }

  private ImageDataset withNames(ImageNames replacement) {
    return replacement == names
        ? this
        : new ImageDataset(shape, classNames, images, labels, replacement);
  }

  /**
   * Unsigned bytes of one image, [C,H,W]: a copy.
   *
   * @throws UnreadableImageException if the image is not held in memory and its file has changed
   */
  public byte[] pixels(int index) {
    return storedPixels(index).clone();
  }

  /** The same without a copy; not to be changed. */
  byte[] storedPixels(int index) {
    return images[index].pixels();
  }

  /**
   * One image as training sees it in an epoch, which follows from the seed, the epoch and the name
   * of the image: another part each time if {@link Resizing#forTraining} says so, and otherwise
   * what {@link #storedPixels} says.
   */
  byte[] trainingPixels(int index, long seed, long epoch) {
    return images[index].trainingPixels(
        RandomStream.of(seed, "crop epoch " + epoch + " of " + imageName(index)));
  }

  /**
   * These images, which are held in the size that they were stored in, resized whenever they are
   * needed.
   */
  ImageDataset resizedBy(ImageStream stream) {
    ImageShape resized = new HeldOriginal(this, 0).decode(stream.resizing()).shape();
    StoredImage[] streamed = new StoredImage[size()];
    for (int i = 0; i < streamed.length; i++) {
      streamed[i] = new StreamedImage(new HeldOriginal(this, i), stream, resized, null);
    }
    return new ImageDataset(resized, classNames, streamed, labels, names);
  }

  /** Whether all images are in memory: otherwise some are decoded whenever they are asked for. */
  public boolean isInMemory() {
    return stream().isEmpty();
  }

  /** By which images come that are not in memory; empty if all are. */
  Optional<ImageStream> stream() {
    for (StoredImage image : images) {
      if (image instanceof StreamedImage streamed) {
        return Optional.of(streamed.stream());
      }
    }
    return Optional.empty();
  }

  /** Number of images of every class. */
  public int[] classCounts() {
    int[] counts = new int[classNames.size()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * The images at these positions, in this order. The pixels are shared, not copied.
   *
   * @param indices at least one, each from 0 to {@code size() - 1}
   */
  public ImageDataset subset(int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("no indices, allowed: a subset of at least one image");
    }
    StoredImage[] chosen = new StoredImage[indices.length];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = images[indices[i]];
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageDataset(shape, classNames, chosen, chosenLabels, names.subset(indices));
  }

  /**
   * These images and others, with their names. Parts of one set come together in its order, others
   * follow. The pixels are shared, not copied.
   *
   * @param others of the same shape and classes
   */
  ImageDataset with(ImageDataset others) {
    StoredImage[] allImages = Arrays.copyOf(images, size() + others.size());
    System.arraycopy(others.images, 0, allImages, size(), others.size());
    int[] allLabels = Arrays.copyOf(labels, size() + others.size());
    System.arraycopy(others.labels, 0, allLabels, size(), others.size());
    ImageDataset all =
        new ImageDataset(
            shape,
            classNames,
            allImages,
            allLabels,
            names.with(size(), others.size(), others.names));
    return all.names.order().map(all::subset).orElse(all);
  }

  /**
   * Mean and standard deviation (of the population: divided by the number of pixels) of every
   * channel over all pixels of all images, for pixels in [0,1]. The standard deviation of a channel
   * whose pixels are all equal is given as 1, so that normalising centres it.
   *
   * <p>Walks over all pixels; the sums are exact. Images that are not in memory are decoded for it
   * only if that was not done before.
   */
  public Normalization normalization() {
    decodeUnknown();
    Double[] mean = new Double[shape.channels()];
    Double[] standardDeviation = new Double[shape.channels()];
    PixelMoments[] moments = new PixelMoments[shape.channels()];
    Arrays.setAll(moments, channel -> new PixelMoments());
    for (StoredImage image : images) {
      PixelSums sums = image.sums(shape.channels());
      for (int channel = 0; channel < moments.length; channel++) {
        moments[channel].add(sums, channel, (long) shape.height() * shape.width());
      }
    }
    for (int channel = 0; channel < moments.length; channel++) {
      mean[channel] = moments[channel].mean();
      double deviation = moments[channel].standardDeviation();
      standardDeviation[channel] = deviation > 0 ? deviation : 1.0;
    }
    return new Normalization(List.of(mean), List.of(standardDeviation));
  }

  /** Looks at all images of which nothing is known yet, on the threads of their stream. */
  private void decodeUnknown() {
    stream()
        .ifPresent(
            stream -> {
              int[] unknown =
                  IntStream.range(0, images.length)
                      .filter(i -> images[i] instanceof StreamedImage one && !one.isKnown())
                      .toArray();
              for (int start = 0; start < unknown.length; start += LOOKED_AT_TOGETHER) {
                int end = Math.min(unknown.length, start + LOOKED_AT_TOGETHER);
                List<Future<byte[]>> work =
                    IntStream.range(start, end)
                        .mapToObj(i -> stream.submit(images[unknown[i]]::hash))
                        .toList();
                ImageStream.results(work);
              }
            });
  }

  /**
   * SHA-256 of shape, class names, labels and of the SHA-256 of each image's pixels, in
   * hexadecimal: the same for the same data, whatever file it came from and whether it is in
   * memory.
   */
  public String contentHash() {
    decodeUnknown();
    MessageDigest digest = Sha256.digest();
    digest.update(Sha256.utf8(shape + "\n" + String.join("\n", classNames) + "\n"));
    for (int label : labels) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, label));
    }
    for (StoredImage image : images) {
      digest.update(image.hash());
    }
    return Sha256.hexadecimal(digest);
  }

  /** Such as {@code 10000 images 1x28x28, 10 classes}. */
  @Override
  public String toString() {
    return size() + " images " + shape + ", " + classNames.size() + " classes";
  }
}
