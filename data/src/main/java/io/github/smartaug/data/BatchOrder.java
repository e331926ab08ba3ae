package io.github.smartaug.data;

import java.util.Optional;

/** Which images of a set are in which batch. Thread-safe. */
interface BatchOrder {
  /** How the positions of an epoch are cut into batches. */
  BatchPartition partition();

  /** The images of an epoch, in its order; the array is not changed. */
  int[] positions(long epoch);

  /** The batch that will probably be asked for after another. */
  Optional<Place> after(Place place);

  /** A batch of an epoch. */
  record Place(long epoch, int index) {}

  /** The images of a batch. */
  default int[] images(Place place) {
    int[] positions = positions(place.epoch());
    int start = partition().start(place.index());
    int[] images = new int[partition().end(place.index()) - start];
    System.arraycopy(positions, start, images, 0, images.length);
    return images;
  }
}
