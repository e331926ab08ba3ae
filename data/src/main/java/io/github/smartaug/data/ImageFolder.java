package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PNG or JPEG images, a folder per class: {@code train/CLASS/*}, and {@code test/CLASS/*}, {@code
 * val/CLASS/*} if there.
 *
 * <p>Classes are numbered in the order of their names, images follow the order of their file names.
 * If all images of all sets are grey they have one channel, otherwise all have three.
 *
 * <p>Without {@code test}, a fifth of the training images is held out as the test set: class by
 * class and always the same ones, whatever the seed of the run, so that a trained model can be
 * evaluated later on images that it has not seen.
 */
final class ImageFolder implements DatasetFormat {
  private static final String TRAINING = "train";
  private static final String VALIDATION = "val";
  private static final String TEST = "test";
  private static final double HELD_OUT_FOR_TEST = 0.2;
  private static final long TEST_SEED = 0;

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "PNG or JPEG images in train/CLASS/ (and test/CLASS/, val/CLASS/ if there)";
  }

  @Override
  public boolean recognizes(Path folder) {
    return Files.isDirectory(folder.resolve(TRAINING));
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing) {
    ImageListing training = ImageListing.of(folder.resolve(TRAINING));
    ImageListing validation = optional(folder.resolve(VALIDATION), training);
    ImageListing test = optional(folder.resolve(TEST), training);

    List<Path> files = ImageListing.concatenate(List.of(training, validation, test));
    List<DecodedImage> images = new ParallelDecoder(resizing).decode(files);
    int validationStart = training.size();
    int testStart = validationStart + validation.size();
    ImageDataset trainingSet = training.toDataset(images.subList(0, validationStart));
    DatasetBundle bundle =
        test.isEmpty()
            ? holdOutTest(folder, trainingSet)
            : bundle(folder, trainingSet, test.toDataset(images.subList(testStart, files.size())));
    return validation.isEmpty()
        ? bundle
        : bundle.withValidation(validation.toDataset(images.subList(validationStart, testStart)));
  }

  private static ImageListing optional(Path folder, ImageListing training) {
    if (!Files.isDirectory(folder)) {
      return ImageListing.empty(training.classNames());
    }
    ImageListing listing = ImageListing.of(folder);
    if (!listing.classNames().equals(training.classNames())) {
      throw new IllegalArgumentException(
          folder
              + ": has the classes "
              + listing.classNames()
              + ", allowed: those of "
              + TRAINING
              + ", "
              + training.classNames());
    }
    return listing;
  }

  private static DatasetBundle holdOutTest(Path folder, ImageDataset all) {
    RandomStream random = RandomStream.of(TEST_SEED, "test-split");
    StratifiedSplit split = StratifiedSplit.holdOut(all, HELD_OUT_FOR_TEST, random);
    return bundle(folder, split.remaining(), split.heldOut());
  }

  private static DatasetBundle bundle(Path folder, ImageDataset training, ImageDataset test) {
    return DatasetBundle.of(Datasets.fileName(folder), "images in " + folder, training, test);
  }
}
