package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images in files, a folder per class, as {@link FolderLayout} says: {@code train/CLASS/*}, and
 * {@code test/CLASS/*}, {@code val/CLASS/*} if there; or {@code CLASS/*}. Images in subfolders of a
 * class belong to it.
 *
 * <p>Classes are numbered in the order of their names, images follow the order of their paths. If
 * all images of all sets are grey they have one channel, otherwise all have three.
 *
 * <p>Without {@code test}, a fifth of the training images is held out as {@link LabelledSets} does.
 */
final class ImageFolder implements StreamedFormat {
  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "images in train/CLASS/ (and test/CLASS/, val/CLASS/ if there), or in CLASS/";
  }

  @Override
  public boolean recognizes(Path folder) {
    return FolderLayout.isIn(folder);
  }

  @Override
  public DatasetBundle read(
      Path folder, Resizing resizing, BadImages badImages, LoaderOptions options) {
    FolderNotes notes = new FolderNotes(folder);
    FolderLayout layout = FolderLayout.of(folder, notes);
    ImageListing training = ImageListing.of(layout.training(), notes);
    ImageListing validation =
        layout.validation().map(set -> optional(set, training, notes)).orElse(ImageListing.EMPTY);
    ImageListing test =
        layout.test().map(set -> optional(set, training, notes)).orElse(ImageListing.EMPTY);

    List<Path> files = ImageListing.concatenate(List.of(training, validation, test));
    ParallelDecoder.Decoded decoded =
        new ParallelDecoder(new ImageStream(resizing, options)).decode(folder, files, badImages);
    Set<Path> bad = decoded.bad().stream().map(files::get).collect(Collectors.toSet());
    List<String> unreadable = decoded.badNames();
    notes.leaveOutUnreadable(unreadable);
    return bundle(
            folder,
            new Sets(training.without(bad), validation.without(bad), test.without(bad)),
            decoded,
            notes)
        .withNotes(notes.sentences(), unreadable);
  }

  /** What lies in the three sets; of the last two, nothing if they are not there. */
  private record Sets(ImageListing training, ImageListing validation, ImageListing test) {}

  private static ImageListing optional(Path folder, ImageListing training, FolderNotes notes) {
    ImageListing listing = ImageListing.of(FolderLayout.classesOf(folder, notes), notes);
    List<String> others = without(listing.classNames(), training.classNames());
    List<String> missing = without(training.classNames(), listing.classNames());
    if (!others.isEmpty() || !missing.isEmpty()) {
      throw new IllegalArgumentException(
          folder
              + ": has "
              + Stream.of(classes("", others), classes("not ", missing))
                  .filter(part -> !part.isEmpty())
                  .collect(Collectors.joining(" and "))
              + ", allowed: the classes of the training images");
    }
    return listing;
  }

  private static List<String> without(List<String> names, List<String> known) {
    Set<String> all = Set.copyOf(known);
    return names.stream().filter(name -> !all.contains(name)).toList();
  }

  private static String classes(String not, List<String> names) {
    return names.isEmpty()
        ? ""
        : not + (names.size() == 1 ? "the class " : "the classes ") + FolderNotes.firstOf(names);
  }

  private static DatasetBundle bundle(
      Path folder, Sets sets, ParallelDecoder.Decoded decoded, FolderNotes notes) {
    List<StoredImage> images = decoded.images();
    ImageShape shape = decoded.shape();
    int validationStart = sets.training().size();
    int testStart = validationStart + sets.validation().size();
    return new LabelledSets(
            sets.training().toDataset(shape, images.subList(0, validationStart), folder),
            optional(sets.validation(), shape, images.subList(validationStart, testStart), folder),
            optional(sets.test(), shape, images.subList(testStart, images.size()), folder))
        .bundle(Datasets.fileName(folder), "images in " + folder, "folder test", notes::add);
  }

  private static Optional<ImageDataset> optional(
      ImageListing set, ImageShape shape, List<StoredImage> images, Path folder) {
    return set.isEmpty() ? Optional.empty() : Optional.of(set.toDataset(shape, images, folder));
  }
}
