package io.github.smartaug.cli.datasets;

import io.github.smartaug.data.published.PublishedDataset;
import io.github.smartaug.data.published.PublishedDataset.Contents;
import io.github.smartaug.data.published.PublishedDatasets;
import io.github.smartaug.run.RunJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The published data sets as a table, or as JSON. */
public final class DatasetList {
  private static final double MEGABYTE = 1e6;
  private static final String UNKNOWN = "-";

  private final Path folder;

  /**
   * A list.
   *
   * @param folder around the data sets that are here
   */
  public DatasetList(Path folder) {
    this.folder = folder;
  }

  private boolean isHere(PublishedDataset set) {
    return set.isIn(folder.resolve(set.name()));
  }

  /** For people, with a line for each set. */
  public String table() {
    return Stream.concat(
            Stream.of(row("name", "classes", "images", "size", "download", "here", "what it is")),
            PublishedDatasets.entries().stream().map(this::row))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String row(PublishedDataset set) {
    Contents contents = set.contents();
    return row(
        set.name(),
        Integer.toString(contents.classes()),
        images(contents),
        contents.shape().toString(),
        set.bytes().map(DatasetList::megabytes).orElse(UNKNOWN),
        isHere(set) ? "yes" : "",
        "%s; licence: %s; %s".formatted(set.description(), set.licence(), set.home()));
  }

  private static String row(
      String name,
      String classes,
      String images,
      String size,
      String download,
      String here,
      String what) {
    return "%-15s %7s %18s %8s %10s  %-4s  %s"
        .formatted(name, classes, images, size, download, here, what);
  }

  private static String images(Contents contents) {
    return IntStream.of(contents.training(), contents.validation(), contents.test())
        .filter(count -> count > 0)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("+"));
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / MEGABYTE);
  }

  /** For programs: an array with an object for each set. */
  public String json() {
    List<Map<String, Object>> sets = new ArrayList<>();
    for (PublishedDataset set : PublishedDatasets.entries()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", set.name());
      json.put("description", set.description());
      json.put("classes", set.contents().classes());
      json.put("training_images", set.contents().training());
      json.put("validation_images", set.contents().validation());
      json.put("test_images", set.contents().test());
      json.put("image_shape", set.contents().shape().toString());
      json.put("download_bytes", set.bytes().orElse(null));
      json.put("licence", set.licence());
      json.put("home", set.home().toString());
      json.put("here", isHere(set));
      sets.add(json);
    }
    return RunJson.document(sets);
  }
}
