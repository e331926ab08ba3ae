package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.MemoryNeed;
import java.util.List;
import java.util.stream.IntStream;

/** The images of somebody's own {@link Dataset}. */
final class DatasetImages {
  /** Of Java's heap, images that are held without being asked to may take this part. */
  private static final double HELD_PART = 0.5;

  private final Dataset images;
  private final LoaderOptions options;
  private final ImageStream stream;

  DatasetImages(Dataset images, LoaderOptions options) {
    this.images = images;
    this.options = options;
    this.stream = new ImageStream(Resizing.NONE, options);
  }

  /** A set of them. */
  ImageDataset toDataset(List<String> classNames) {
    int size = images.size();
    if (size < 1) {
      throw new IllegalArgumentException("data set of " + size + " images, allowed: at least 1");
    }
    int[] labels = IntStream.range(0, size).map(images::label).toArray();
    ImageShape shape = images.get(0).image().shape();
    StoredImage[] stored = new StoredImage[size];
    for (int i = 0; i < size; i++) {
      stored[i] = new StreamedImage(new One(images, i), stream, shape, null);
    }
    ImageDataset all = ImageDataset.ofStored(shape, classNames, stored, labels);
    return isHeld(all) ? held(all) : all;
  }

  private boolean isHeld(ImageDataset all) {
    double bytes = (double) all.size() * ImageDataset.byteCount(all.shape());
    return switch (options.inMemory()) {
      case NEVER -> false;
      case AUTO -> bytes <= HELD_PART * Runtime.getRuntime().maxMemory();
      case ALWAYS -> {
        MemoryNeed.requireOfHeap(all + ", held in memory", bytes);
        yield true;
      }
    };
  }

  private static ImageDataset held(ImageDataset all) {
    return ImageDataset.ofStored(
        all.shape(),
        all.classNames(),
        IntStream.range(0, all.size())
            .mapToObj(i -> new StoredImage.Held(all.pixels(i)))
            .toArray(StoredImage[]::new),
        all.labels());
  }

  /** One of them, by its number. */
  private record One(Dataset images, int index) implements EncodedImage {
    @Override
    public String name() {
      return Integer.toString(index);
    }

    @Override
    public String place() {
      return "image " + index;
    }

    @Override
    public DecodedImage decode(Resizing resizing) {
      return resizing.apply(images.get(index).image());
    }
  }
}
