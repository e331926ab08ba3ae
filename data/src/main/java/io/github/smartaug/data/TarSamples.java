package io.github.smartaug.data;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.JsonField;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The samples of archives, one after another. A sample is the files that follow each other and
 * whose names are the same up to the first dot of the last part: the image, the first of {@code
 * .jpg}, {@code .jpeg}, {@code .png} and the ends of other formats, and its label, {@code .cls} or,
 * in a field {@code label}, {@code cls} or {@code class}, {@code .json}. Other files of a sample
 * are left out.
 *
 * <p>All methods throw an IllegalArgumentException that names the archive, and the sample or the
 * byte, if something is not as it should be.
 */
final class TarSamples implements Iterator<LabelledImage>, AutoCloseable {
  /** The first that is there is the image: a photo may come with masks, and those as PNG. */
  private static final List<String> IMAGES =
      List.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");

  private static final String LABEL = "cls";
  private static final String DESCRIPTION = "json";
  private static final List<String> LABEL_FIELDS = List.of("label", "cls", "class");
  private static final int BUFFER_BYTES = 1 << 16;

  /** Of Java's heap, a file in an archive may take this part. */
  private static final int PARTS = 8;

  private final Iterator<Path> shards;
  private final Set<String> known = new HashSet<>();
  private Path shard;
  private boolean packed;
  private InputStream in;
  private TarReader reader;
  private Optional<TarReader.Entry> ahead = Optional.empty();

  TarSamples(List<Path> shards) {
    this.shards = shards.iterator();
  }

  /** Whether a file begins as an archive. */
  static boolean isTar(Path file) {
    try (InputStream in = open(file)) {
      return new TarReader(in, Integer.MAX_VALUE).beginsWithHeader();
    } catch (IOException e) {
      return false;
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return isPacked(file) ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean isPacked(Path file) throws IOException {
    return FileNames.begins(file, "\u001f\u008b");
  }

  @Override
  public boolean hasNext() {
    while (ahead.isEmpty() && (reader != null || shards.hasNext())) {
      reading(
          () -> {
            if (reader == null) {
              shard = shards.next();
              packed = isPacked(shard);
              // Archives of several sets may all count from zero.
              known.clear();
              in = open(shard);
              reader = new TarReader(in, Runtime.getRuntime().maxMemory() / PARTS);
            }
            advance();
          });
    }
    return ahead.isPresent();
  }

  private void advance() throws IOException {
    ahead = reader.next();
    if (ahead.isEmpty()) {
      // To its end, so that the checksum of what is packed is compared.
      in.transferTo(OutputStream.nullOutputStream());
      close();
    }
  }

  @Override
  public LabelledImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Path from = shard;
    boolean fromPacked = packed;
    String key = key(ahead.orElseThrow().name());
    if (!known.add(key)) {
      throw wrong(from, key, "is there twice, allowed: each sample once, its files together");
    }
    Map<String, TarReader.Entry> files = new LinkedHashMap<>();
    while (ahead.filter(entry -> key(entry.name()).equals(key)).isPresent()) {
      TarReader.Entry entry = ahead.orElseThrow();
      if (files.put(suffix(entry.name()), entry) != null) {
        throw wrong(from, key, "has two files ." + suffix(entry.name()) + ", allowed: one");
      }
      reading(this::advance);
    }
    TarReader.Entry image =
        IMAGES.stream()
            .filter(files::containsKey)
            .findFirst()
            .map(files::get)
            .orElseThrow(
                () ->
                    wrong(
                        from, key, "has no image, allowed: one as ." + String.join(", .", IMAGES)));
    return new LabelledImage(encoded(from, fromPacked, image), label(from, key, files), role(from));
  }

  private static EncodedImage encoded(Path shard, boolean packed, TarReader.Entry image) {
    EncodedImage.InArchive inArchive =
        new EncodedImage.InArchive(shard, image.name(), image.start(), image.content().length);
    return new EncodedImage.InMemory(
        image.name(),
        inArchive.place(),
        image.content(),
        packed ? Optional.empty() : Optional.of(inArchive));
  }

  private static int dot(String name) {
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return dot < 0 ? name.length() : dot;
  }

  private static String key(String name) {
    return name.substring(0, dot(name));
  }

  private static String suffix(String name) {
    return name.substring(Math.min(name.length(), dot(name) + 1)).toLowerCase(Locale.ROOT);
  }

  private static String label(Path shard, String key, Map<String, TarReader.Entry> files) {
    if (files.containsKey(LABEL)) {
      byte[] content = files.get(LABEL).content();
      String label = new String(content, StandardCharsets.UTF_8).strip();
      if (label.isEmpty() || label.contains("\n")) {
        throw wrong(shard, key, "has no label in its .cls, allowed: a number or a name");
      }
      return label;
    }
    if (!files.containsKey(DESCRIPTION)) {
      throw wrong(shard, key, "has no label, allowed: one as .cls or .json");
    }
    TarReader.Entry description = files.get(DESCRIPTION);
    JsonField json =
        JsonField.parse(description.content(), shard + ": " + Excerpt.of(description.name()));
    return ClassLabels.text(
        LABEL_FIELDS.stream()
            .map(json::field)
            .filter(field -> !field.isAbsent())
            .findFirst()
            .orElse(json.field(LABEL_FIELDS.get(0))));
  }

  /** A word of the archive's name says it. */
  private static SetRole role(Path shard) {
    return Stream.of(Datasets.fileName(shard).split("[^A-Za-z]+", -1))
        .flatMap(word -> SetRole.named(word).stream())
        .findFirst()
        .orElse(SetRole.TRAINING);
  }

  private static IllegalArgumentException wrong(Path shard, String key, String what) {
    return new IllegalArgumentException(shard + ": sample " + Excerpt.of(key) + " " + what);
  }

  /** Something that reads the current archive. */
  private interface Reading {
    void run() throws IOException;
  }

  private void reading(Reading step) {
    try {
      step.run();
    } catch (EOFException e) {
      throw new IllegalArgumentException(
          shard + ": is cut short, allowed: a whole archive, with the empty block at its end", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          shard + ": cannot be read (" + FileFailure.reason(e) + "), allowed: a whole archive", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(shard + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      in = null;
      reader = null;
    }
  }
}
