package io.github.smartaug.data;

import java.util.OptionalInt;

/** Hears how far a data set is whose images are looked at before the first batch. */
@FunctionalInterface
public interface LoadingListener {
  /** Nobody. */
  LoadingListener NONE = (done, total) -> {};

  /**
   * Is called after every image, by the thread that loads.
   *
   * @param done images so far, also those that cannot be read
   * @param total number of all, where it is known before the last
   */
  void loaded(int done, OptionalInt total);
}
