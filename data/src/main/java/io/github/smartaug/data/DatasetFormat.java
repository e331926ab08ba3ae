package io.github.smartaug.data;

import io.github.smartaug.registry.Registered;
import java.nio.file.Path;

/**
 * A way in which a data set is stored in a folder or a file: an entry of {@link DatasetFormats}.
 */
public interface DatasetFormat extends Registered {
  /** Its name, such as {@code image-folder}. */
  @Override
  String name();

  /** What a folder of this format holds, or what file it is, for help and messages. */
  @Override
  String description();

  /**
   * Whether a folder or a file looks like one of this format; it may still be incomplete or
   * damaged.
   */
  boolean recognizes(Path path);

  /**
   * Reads all sets.
   *
   * <p>Where training is to see another part of an image in every epoch ({@link
   * Resizing#randomCrop}), {@link Datasets} reads images in their own size, which has to be one,
   * and crops them itself.
   *
   * @param resizing applied to every image
   * @throws IllegalArgumentException if a file is missing, damaged, or does not fit the others; the
   *     message names the file
   */
  DatasetBundle read(Path path, Resizing resizing);

  /**
   * Reads all sets, if need be without images that cannot be read. Formats whose images cannot be
   * bad one by one have nothing to leave out.
   *
   * @throws IllegalArgumentException as {@link #read(Path, Resizing)}, but for images that are left
   *     out
   */
  default DatasetBundle read(Path path, Resizing resizing, BadImages badImages) {
    return read(path, resizing);
  }

  /**
   * Reads all sets; images that are not to be held in memory are decoded when a batch needs them.
   * Formats that cannot read their images one by one hold them.
   *
   * @throws IllegalArgumentException as {@link #read(Path, Resizing, BadImages)}
   */
  default DatasetBundle read(
      Path path, Resizing resizing, BadImages badImages, LoaderOptions options) {
    return read(path, resizing, badImages);
  }
}
