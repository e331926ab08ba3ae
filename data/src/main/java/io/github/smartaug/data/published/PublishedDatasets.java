package io.github.smartaug.data.published;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.published.PublishedDataset.Contents;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The data sets that can be downloaded, by name. The rows are in the resource {@value #ROWS} beside
 * this class: sizes and checksums are those that the makers publish, or, where they publish none,
 * those that the registries of torchvision and of TensorFlow Datasets compare with.
 */
public final class PublishedDatasets {
  private static final String ROWS = "published-datasets.json";

  private static final Registry<PublishedDataset> REGISTRY =
      new Registry<>("published data set", PublishedDataset.class, rows());

  private PublishedDatasets() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<PublishedDataset> entries() {
    return REGISTRY.entries();
  }

  /**
   * The data set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PublishedDataset named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds a data set, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(PublishedDataset dataset) {
    REGISTRY.register(dataset);
  }

  /**
   * Takes back a data set that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  private static List<PublishedDataset> rows() {
    try (InputStream in = PublishedDatasets.class.getResourceAsStream(ROWS)) {
      return JsonField.parse(in.readAllBytes(), ROWS).elements().stream()
          .map(PublishedDatasets::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(ROWS + ": cannot be read", e);
    }
  }

  private static PublishedDataset row(JsonField row) {
    return new PublishedRow(
        row.field("name").text(),
        aliases(row.field("aliases")),
        row.field("description").text(),
        URI.create(row.field("home").text()),
        row.field("licence").text(),
        contents(row),
        unpacking(row.field("unpacked")),
        row.field("files").elements().stream().map(PublishedDatasets::file).toList(),
        row.field("fingerprints").isAbsent() ? Map.of() : row.field("fingerprints").texts());
  }

  private static Set<String> aliases(JsonField aliases) {
    return aliases.isAbsent() ? Set.of() : Set.copyOf(texts(aliases));
  }

  private static List<String> texts(JsonField array) {
    return array.elements().stream().map(JsonField::text).collect(Collectors.toList());
  }

  private static Contents contents(JsonField row) {
    List<JsonField> shape = row.field("shape").elements();
    return new Contents(
        row.field("classes").wholeNumber(2),
        new ImageShape(
            shape.get(0).wholeNumber(1), shape.get(1).wholeNumber(1), shape.get(2).wholeNumber(1)),
        row.field("training").wholeNumber(1),
        row.field("validation").wholeNumber(0),
        row.field("test").wholeNumber(1));
  }

  private static Optional<Unpacking> unpacking(JsonField unpacked) {
    return unpacked.isAbsent()
        ? Optional.empty()
        : Optional.of(
            new Unpacking(unpacked.field("members").text(), texts(unpacked.field("holds"))));
  }

  private static PublishedFile file(JsonField file) {
    JsonField sha256 = file.field("sha256");
    return new PublishedFile(
        file.field("name").text(),
        file.field("bytes").wholeNumber(0),
        sha256.isAbsent() ? Checksum.md5(file.field("md5").text()) : Checksum.sha256(sha256.text()),
        texts(file.field("from")).stream().map(URI::create).toList());
  }
}
