package io.github.smartaug.data;

/**
 * Labelled images of somebody's own: {@link #size} and {@link #get} are all that is needed. {@link
 * ImageDataset#of(Dataset, java.util.List, LoaderOptions)} makes a set of them, which can be split,
 * trained and evaluated on like any other; a run over it can be resumed.
 *
 * <p>Images are asked for by several threads at once and in any order, several times, and must be
 * the same each time. All have one shape.
 */
public interface Dataset {
  /** Number of images, at least 1. */
  int size();

  /**
   * One image with its class.
   *
   * @param index from 0 to {@code size() - 1}
   */
  Labelled get(int index);

  /**
   * Class of one image, from 0: override it where that is known without the image. All classes are
   * asked for once, at the start.
   */
  default int label(int index) {
    return get(index).label();
  }

  /**
   * An image with its class.
   *
   * @param label from 0
   */
  record Labelled(DecodedImage image, int label) {}
}
