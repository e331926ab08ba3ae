package io.github.smartaug.cli.predict;

import io.github.smartaug.cli.images.ArrayImages;
import io.github.smartaug.cli.images.FolderListing;
import io.github.smartaug.cli.options.PredictOptions;
import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.run.TrainedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where images come from, some at a time. May be used by several threads. */
sealed interface ImageSource permits ArraySource, FileSource {
  /**
   * The images that the options name; an array is in the current scope.
   *
   * @param classifier says which images the model takes
   * @throws IllegalArgumentException if there are none, or they do not fit
   */
  static ImageSource of(PredictOptions options, TrainedClassifier classifier) throws IOException {
    Path input = options.input();
    if (!Files.exists(input)) {
      throw new IllegalArgumentException(input + ": no such file or folder");
    }
    if (!Files.isDirectory(input) && input.toString().endsWith(ArrayImages.SUFFIX)) {
      return ArraySource.read(input, classifier.input());
    }
    Resizing reading = classifier.resizing().acceptingUpTo(options.maxPixels());
    if (Files.isDirectory(input)) {
      FolderListing listing = FolderListing.of(input);
      List<String> names = listing.images().stream().map(listing::name).toList();
      return new FileSource(
          listing.images(), names, listing.hidden(), listing.bad(), reading, BadImages.LEAVE_OUT);
    }
    if (ImageFormat.of(input).isEmpty()) {
      throw new IllegalArgumentException(
          input
              + ": unknown kind of file, allowed: a folder, "
              + ImageFormat.allowedSuffixes()
              + ", .npy");
    }
    return FileSource.ofOne(input, reading);
  }

  /** Number of images. */
  int size();

  /** Characters of the longest name. */
  int longestName();

  /** Folders and images that are left out because they are hidden. */
  List<Path> hidden();

  /** Why files are no images, one line each. */
  List<String> bad();

  /**
   * Reads images from {@code first} to before {@code end}; tensors are in the current scope.
   *
   * @throws IllegalArgumentException if an image cannot be read and there is no other
   */
  LoadedImages load(int first, int end);
}
