package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the images of one data set from earlier runs, in a file, so that they need not
 * be decoded before training begins. A file whose size or time of change is another counts as new.
 * A cache that cannot be read or written costs that time, and nothing else. Several threads may ask
 * at once.
 */
final class FactsCache {
  private static final Logger LOG = LoggerFactory.getLogger(FactsCache.class);

  /** Another one whenever other pixels would be decoded, or the file is laid out in another way. */
  private static final String VERSION = "smartaug facts of images 1";

  private static final int HASH_BYTES = 32;

  private final Optional<Path> file;
  private final String key;
  private final Map<String, Entry> known;
  private final Map<String, Entry> used = new HashMap<>();

  /**
   * By which a change of a file is noticed.
   *
   * @param bytes of the file
   * @param changed when, in milliseconds
   */
  record Stamp(long bytes, long changed) {}

  private record Entry(Stamp stamp, ImageFacts facts) {}

  private FactsCache(Optional<Path> file, String key, Map<String, Entry> known) {
    this.file = file;
    this.key = key;
    this.known = known;
  }

  /**
   * What is known of a data set.
   *
   * @param source where it is
   * @param stream says where caches are, and how images are resized
   */
  static FactsCache of(String source, ImageStream stream) {
    Optional<String> resizing = stream.resizing().key();
    String key = VERSION + "\n" + source + "\n" + resizing.orElse("");
    Optional<Path> file =
        stream
            .options()
            .cache()
            .filter(folder -> resizing.isPresent())
            .map(folder -> folder.resolve(Sha256.of(key)));
    return new FactsCache(file, key, file.map(path -> read(path, key)).orElseGet(Map::of));
  }

  /** Bytes that the pixels of all known images would take. */
  double heldBytes() {
    return known.values().stream()
        .mapToDouble(entry -> ImageDataset.byteCount(entry.facts.shape()))
        .sum();
  }

  /** What is known of an image whose file has this stamp. */
  Optional<ImageFacts> find(EncodedImage image, Stamp stamp) {
    return Optional.ofNullable(known.get(image.place()))
        .filter(entry -> entry.stamp.equals(stamp))
        .map(Entry::facts);
  }

  /**
   * Remembers an image.
   *
   * @param stamp of its file before it was decoded
   */
  void add(EncodedImage image, Stamp stamp, ImageFacts facts) {
    used.put(image.place(), new Entry(stamp, facts));
  }

  /** The stamp of an image's file; empty without a cache, or if there is no such file. */
  Optional<Stamp> stamp(EncodedImage image) {
    return file.flatMap(any -> image.file()).flatMap(FactsCache::stamp);
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(now.size(), now.lastModifiedTime().toMillis()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps what was used and added, if that is something else than what was read. */
  void write() {
    if (file.isEmpty() || used.isEmpty() || used.equals(known)) {
      return;
    }
    try {
      Files.createDirectories(file.get().getParent());
      AtomicFile.write(file.get(), out -> write(new DataOutputStream(out)));
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("{} cannot be written: {}", file.get(), e.getMessage());
    }
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeUTF(key);
    out.writeInt(used.size());
    for (Map.Entry<String, Entry> one : used.entrySet()) {
      out.writeUTF(one.getKey());
      out.writeLong(one.getValue().stamp.bytes);
      out.writeLong(one.getValue().stamp.changed);
      write(out, one.getValue().facts);
    }
    out.flush();
  }

  private static void write(DataOutputStream out, ImageFacts facts) throws IOException {
    ImageShape shape = facts.shape();
    out.writeInt(shape.channels());
    out.writeInt(shape.height());
    out.writeInt(shape.width());
    for (int channel = 0; channel < shape.channels(); channel++) {
      out.writeLong(facts.sums().sum(channel));
      out.writeLong(facts.sums().squares(channel));
    }
    out.write(facts.hash());
    out.write(facts.hashInColour());
  }

  private static Map<String, Entry> read(Path file, String key) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Map<String, Entry> entries = new HashMap<>();
      if (!in.readUTF().equals(key)) {
        return Map.of();
      }
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        entries.put(in.readUTF(), new Entry(new Stamp(in.readLong(), in.readLong()), facts(in)));
      }
      return in.read() < 0 ? entries : Map.of();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("{} cannot be read, so images are decoded: {}", file, e.getMessage());
      return Map.of();
    }
  }

  private static ImageFacts facts(DataInputStream in) throws IOException {
    ImageShape shape = new ImageShape(in.readInt(), in.readInt(), in.readInt());
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IOException("an image of " + shape);
    }
    long[] sums = new long[shape.channels()];
    long[] squares = new long[shape.channels()];
    for (int channel = 0; channel < sums.length; channel++) {
      sums[channel] = in.readLong();
      squares[channel] = in.readLong();
    }
    return new ImageFacts(shape, new PixelSums(sums, squares), hash(in), hash(in));
  }

  private static byte[] hash(DataInputStream in) throws IOException {
    byte[] hash = new byte[HASH_BYTES];
    in.readFully(hash);
    return hash;
  }
}
