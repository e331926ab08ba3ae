package io.github.smartaug.cli.predict;

import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Image files.
 *
 * @param files at least one
 * @param names one for each
 * @param reading what is done to their sizes and colours
 * @param badImages what is done about files that cannot be read
 */
record FileSource(
    List<Path> files,
    List<String> names,
    List<Path> hidden,
    List<String> bad,
    Resizing reading,
    BadImages badImages)
    implements ImageSource {
  static FileSource ofOne(Path file, Resizing reading) {
    String name = file.getFileName().toString();
    return new FileSource(
        List.of(file), List.of(name), List.of(), List.of(), reading, BadImages.REFUSE);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public int longestName() {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public LoadedImages load(int first, int end) {
    List<String> good = new ArrayList<>();
    List<DecodedImage> images = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (int i = first; i < end; i++) {
      try {
        images.add(ImageDecoder.decode(files.get(i), reading));
        good.add(names.get(i));
      } catch (IllegalArgumentException e) {
        if (badImages == BadImages.REFUSE) {
          throw e;
        }
        unreadable.add(e.getMessage());
      }
    }
    return new LoadedImages(
        good,
        images.isEmpty() ? Optional.empty() : Optional.of(DecodedImage.batch(images)),
        unreadable);
  }
}
