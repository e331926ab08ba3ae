package io.github.smartaug.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Street View House Numbers, cropped digits: {@code train_32x32.mat} and {@code test_32x32.mat} in
 * a folder; {@code extra_32x32.mat} belongs to the training images if it is there. Or one such file
 * alone.
 *
 * @see <a href="http://ufldl.stanford.edu/housenumbers/">original files</a>
 */
final class SvhnFolder implements DatasetFormat {
  private static final String NAME = "svhn";
  private static final String TRAINING = "train_32x32.mat";
  private static final String EXTRA = "extra_32x32.mat";
  private static final String TEST = "test_32x32.mat";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "the cropped digits of SVHN ("
        + String.join(", ", TRAINING, TEST)
        + ", and "
        + EXTRA
        + " if there)";
  }

  @Override
  public boolean recognizes(Path path) {
    if (!Files.isRegularFile(path)) {
      return Stream.of(TRAINING, EXTRA, TEST)
          .anyMatch(name -> Files.isRegularFile(path.resolve(name)));
    }
    try {
      return FileNames.begins(path, MatFile.START) || Datasets.fileName(path).endsWith(".mat");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public DatasetBundle read(Path path, Resizing resizing) {
    List<String> notes = new ArrayList<>();
    List<DataFile> training = new ArrayList<>();
    Optional<ImageDataset> test = Optional.empty();
    if (Files.isRegularFile(path)) {
      training.add(DataFile.of(path));
    } else {
      training.add(require(path, TRAINING));
      DataFile tested = require(path, TEST);
      if (Files.isRegularFile(path.resolve(EXTRA))) {
        training.add(DataFile.of(path.resolve(EXTRA)));
        notes.add("the images of " + EXTRA + " come after those of " + TRAINING);
      }
      test = Optional.of(SvhnReader.readDataset(List.of(tested), resizing));
    }
    ImageDataset trained = SvhnReader.readDataset(training, resizing);
    return new LabelledSets(trained, Optional.empty(), test)
        .bundle(NAME, "SVHN's digits in " + path, TEST, notes::add)
        .withNotes(notes, List.of());
  }

  private DataFile require(Path folder, String name) {
    if (!Files.isRegularFile(folder.resolve(name))) {
      throw new IllegalArgumentException(
          folder.resolve(name) + ": is missing, allowed: a folder with " + description());
    }
    return DataFile.of(folder.resolve(name));
  }
}
