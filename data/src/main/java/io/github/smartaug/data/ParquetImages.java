package io.github.smartaug.data;

import io.github.smartaug.data.parquet.ParquetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Parquet files with a column of encoded images and one of labels, as hubs of data sets have them:
 * see {@link ParquetSamples}. One file, several as a {@link ShardPattern}, or a folder of them, in
 * which they may lie in {@code data}, or in folders named as the sets. Names of files or of their
 * folders with {@code validation} or {@code test} as a word are those sets; all others are for
 * training.
 */
final class ParquetImages implements StreamedFormat {
  private static final String SUFFIX = ".parquet";
  private static final int DEEPEST = 2;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String description() {
    return "Parquet files with the columns image and label (train-00000-of-00002.parquet)";
  }

  @Override
  public boolean recognizes(Path path) {
    if (Files.isDirectory(path)) {
      return !filesIn(path).isEmpty();
    }
    Path first = ShardPattern.of(path).first();
    return Files.isRegularFile(first) && ParquetFile.isParquet(first);
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> entries = Files.walk(folder, DEEPEST)) {
      return entries
          .filter(file -> Datasets.fileName(file).toLowerCase(Locale.ROOT).endsWith(SUFFIX))
          .filter(file -> !FileNames.isHidden(file) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  @Override
  public DatasetBundle read(
      Path path, Resizing resizing, BadImages badImages, LoaderOptions options) {
    boolean folder = Files.isDirectory(path);
    List<Path> files = folder ? filesIn(path) : ShardPattern.of(path).existing("files");
    Optional<List<String>> names = ParquetSamples.classNames(files.get(0));
    UnaryOperator<String> className =
        label ->
            names.filter(all -> isPlaceIn(all, label)).map(all -> name(all, label)).orElse(label);
    Path root = folder ? path : path.toAbsolutePath().getParent();
    try (ParquetSamples samples = new ParquetSamples(root, files)) {
      return new LabelledImages(path, new FolderNotes(root), className)
          .read(
              "Parquet files at " + path,
              samples,
              rows(files),
              new ImageStream(resizing, options),
              badImages);
    }
  }

  private static OptionalInt rows(List<Path> files) {
    long rows = files.stream().mapToLong(file -> ParquetFile.open(file).rows()).sum();
    return rows > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) rows);
  }

  private static boolean isPlaceIn(List<String> names, String label) {
    return label.matches("\\d{1,9}") && Integer.parseInt(label) < names.size();
  }

  private static String name(List<String> names, String label) {
    return names.get(Integer.parseInt(label));
  }
}
