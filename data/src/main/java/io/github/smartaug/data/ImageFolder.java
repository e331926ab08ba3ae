package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * PNG or JPEG images, a folder per class, as {@link FolderLayout} says: {@code train/CLASS/*}, and
 * {@code test/CLASS/*}, {@code val/CLASS/*} if there; or {@code CLASS/*}. Images in subfolders of a
 * class belong to it.
 *
 * <p>Classes are numbered in the order of their names, images follow the order of their paths. If
 * all images of all sets are grey they have one channel, otherwise all have three.
 *
 * <p>Without {@code test}, a fifth of the training images is held out as the test set: class by
 * class and always the same ones, whatever the seed of the run, so that a trained model can be
 * evaluated later on images that it has not seen.
 */
final class ImageFolder implements DatasetFormat {
  private static final double HELD_OUT_FOR_TEST = 0.2;
  private static final long TEST_SEED = 0;

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "PNG or JPEG images in train/CLASS/ (and test/CLASS/, val/CLASS/ if there), or in CLASS/";
  }

  @Override
  public boolean recognizes(Path folder) {
    return FolderLayout.isIn(folder);
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing) {
    return read(folder, resizing, BadImages.REFUSE);
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing, BadImages badImages) {
    FolderNotes notes = new FolderNotes(folder);
    FolderLayout layout = FolderLayout.of(folder, notes);
    ImageListing training = ImageListing.of(layout.training(), notes);
    ImageListing validation =
        layout.validation().map(set -> optional(set, training, notes)).orElse(ImageListing.EMPTY);
    ImageListing test =
        layout.test().map(set -> optional(set, training, notes)).orElse(ImageListing.EMPTY);

    ParallelDecoder.Decoded decoded =
        new ParallelDecoder(resizing)
            .decode(
                folder, ImageListing.concatenate(List.of(training, validation, test)), badImages);
    Set<Path> bad = new HashSet<>(decoded.bad());
    List<String> unreadable =
        decoded.bad().stream().map(file -> FolderNotes.name(folder, file)).toList();
    noteUnreadable(folder, decoded.bad(), notes);
    return bundle(
            folder,
            new Sets(training.without(bad), validation.without(bad), test.without(bad)),
            decoded.images(),
            notes)
        .withNotes(notes.sentences(), unreadable);
  }

  /** What lies in the three sets; of the last two, nothing if they are not there. */
  private record Sets(ImageListing training, ImageListing validation, ImageListing test) {}

  private static ImageListing optional(Path folder, ImageListing training, FolderNotes notes) {
    ImageListing listing = ImageListing.of(FolderLayout.classesOf(folder, notes), notes);
    if (!listing.classNames().equals(training.classNames())) {
      throw new IllegalArgumentException(
          folder
              + ": has the classes "
              + listing.classNames()
              + ", allowed: those of the training images, "
              + training.classNames());
    }
    return listing;
  }

  private static void noteUnreadable(Path folder, List<Path> bad, FolderNotes notes) {
    if (!bad.isEmpty()) {
      notes.add(
          bad.size()
              + (bad.size() == 1 ? " image" : " images")
              + " left out, unreadable: "
              + FolderNotes.names(folder, bad));
    }
  }

  private static DatasetBundle bundle(
      Path folder, Sets sets, List<DecodedImage> images, FolderNotes notes) {
    int validationStart = sets.training().size();
    int testStart = validationStart + sets.validation().size();
    ImageDataset training = sets.training().toDataset(images.subList(0, validationStart), folder);
    DatasetBundle bundle =
        sets.test().isEmpty()
            ? holdOutTest(folder, training, notes)
            : bundle(
                folder,
                training,
                sets.test().toDataset(images.subList(testStart, images.size()), folder));
    return sets.validation().isEmpty()
        ? bundle
        : bundle.withValidation(
            sets.validation().toDataset(images.subList(validationStart, testStart), folder));
  }

  private static DatasetBundle holdOutTest(Path folder, ImageDataset all, FolderNotes notes) {
    RandomStream random = RandomStream.of(TEST_SEED, "test-split");
    StratifiedSplit split = StratifiedSplit.holdOut(all, HELD_OUT_FOR_TEST, random);
    notes.add(
        String.format(
            Locale.ROOT,
            "no folder test: %,d of %,d images, always the same ones, are held out for it",
            split.heldOut().size(),
            all.size()));
    return bundle(folder, split.remaining(), split.heldOut()).withTestHeldOut();
  }

  private static DatasetBundle bundle(Path folder, ImageDataset training, ImageDataset test) {
    return DatasetBundle.of(Datasets.fileName(folder), "images in " + folder, training, test);
  }
}
