package io.github.smartaug.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tar archives of images and their labels, gzipped or not, as WebDataset has them: see {@link
 * TarSamples}. One file, several as a {@link ShardPattern}, or a folder with nothing else of the
 * kind. Names of archives with {@code val} or {@code test} as a word are those sets; all others are
 * for training.
 *
 * @see <a href="https://github.com/webdataset/webdataset">WebDataset</a>
 */
final class TarShards implements StreamedFormat {
  private static final List<String> SUFFIXES = List.of(".tar", ".tar.gz", ".tgz");

  @Override
  public String name() {
    return "tar-shards";
  }

  @Override
  public String description() {
    return "tar archives with KEY.jpg and KEY.cls or KEY.json (WebDataset), such as"
        + " train-{000..009}.tar";
  }

  @Override
  public boolean recognizes(Path path) {
    if (Files.isDirectory(path)) {
      return !archivesIn(path).isEmpty();
    }
    Path first = ShardPattern.of(path).first();
    return Files.isRegularFile(first) && (isNamedAsTar(first) || TarSamples.isTar(first));
  }

  private static boolean isNamedAsTar(Path file) {
    String name = Datasets.fileName(file).toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static List<Path> archivesIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> isNamedAsTar(file) && !FileNames.isHidden(file))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  @Override
  public DatasetBundle read(
      Path path, Resizing resizing, BadImages badImages, LoaderOptions options) {
    List<Path> shards =
        Files.isDirectory(path) ? archivesIn(path) : ShardPattern.of(path).existing("archives");
    try (TarSamples samples = new TarSamples(shards)) {
      return new LabelledImages(path, new FolderNotes(path), UnaryOperator.identity())
          .read(
              "tar archives at " + path,
              samples,
              OptionalInt.empty(),
              new ImageStream(resizing, options),
              badImages);
    }
  }
}
