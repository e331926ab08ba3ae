package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.file.Sha256;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts in the place of every image the SHA-256 of its shape and pixels, as an image of 1x1x32. So
 * every reader of a format reads fingerprints, in its own order and with its own labels, of images
 * of any size, in little memory. Counts the images by their shape on the way.
 *
 * <p>Used by several threads.
 */
public final class ImageFingerprints implements Resizing {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 32);

  private final Map<ImageShape, LongAdder> shapes = new ConcurrentHashMap<>();
  private final long mostPixels;
  private final Runnable onImage;

  /**
   * Counts nothing yet.
   *
   * @param mostPixels that an image file may have
   * @param onImage is called for every image, by several threads
   */
  public ImageFingerprints(long mostPixels, Runnable onImage) {
    this.mostPixels = mostPixels;
    this.onImage = Objects.requireNonNull(onImage);
  }

  @Override
  public DecodedImage apply(DecodedImage image) {
    shapes.computeIfAbsent(image.shape(), shape -> new LongAdder()).increment();
    onImage.run();
    MessageDigest digest = Sha256.digest();
    digest.update(Sha256.utf8(image.shape() + "\n"));
    digest.update(image.pixels());
    return new DecodedImage(SHAPE, digest.digest());
  }

  @Override
  public List<DecodedImage> applyToAll(List<DecodedImage> images) {
    return images.parallelStream().map(this::apply).toList();
  }

  @Override
  public long mostPixels() {
    return mostPixels;
  }

  /** Number of images of every shape, by its text such as {@code 3x32x32}. */
  public Map<String, Long> shapes() {
    Map<String, Long> counts = new TreeMap<>();
    shapes.forEach((shape, count) -> counts.put(shape.toString(), count.sum()));
    return counts;
  }
}
