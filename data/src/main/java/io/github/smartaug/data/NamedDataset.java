package io.github.smartaug.data;

import io.github.smartaug.registry.Registered;

/** A data set that is found by its name, without a folder: an entry of {@link Datasets}. */
public interface NamedDataset extends Registered {
  /**
   * Reads all sets.
   *
   * @param resizing applied to every image
   */
  DatasetBundle read(Resizing resizing);
}
