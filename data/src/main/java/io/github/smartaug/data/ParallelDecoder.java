package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.MemoryNeed;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decodes and resizes images on all cores, into images of one shape in their order. Their pixels
 * are kept, or, if {@link LoaderOptions} say so or they are too many, what a set has to know of
 * them.
 */
final class ParallelDecoder {
  private static final int SHOWN = 10;
  private static final int WAITING_PER_WORKER = 8;

  /** Java's heap holds more than the images: a share of it must remain. */
  private static final double ROOM_TO_WORK = 1.1;

  private static final Pattern REASON = Pattern.compile(" \\((.{1,60}).*\\), allowed: ");

  /** Of Java's heap, images that are held without being asked to may take this part. */
  private static final double HELD_PART = 0.5;

  private final ImageStream stream;

  /** Whether training needs the images themselves in every epoch, to see other parts of them. */
  private final boolean cropsAnew;

  /** Whether pixels are forgotten, of images that can be decoded again. */
  private volatile boolean streaming;

  /**
   * A decoder.
   *
   * @param stream by which images come that are not held
   */
  ParallelDecoder(ImageStream stream) {
    this.stream = stream;
    this.cropsAnew = stream.resizing().fit() == ImageFit.RANDOM_CROP;
    this.streaming = cropsAnew || stream.options().inMemory() == InMemory.NEVER;
  }

  /**
   * What came of images.
   *
   * @param shape of all
   * @param images the good ones in their order
   * @param bad positions of those that were left out, ascending
   * @param badNames their paths within the data set
   */
  record Decoded(
      ImageShape shape, List<StoredImage> images, List<Integer> bad, List<String> badNames) {}

  /** What is kept of an image until it is known whether all are grey. */
  private interface Kept {
    ImageShape shape();

    /** Of Java's heap, for pixels or the file. */
    int bytes();

    StoredImage stored(ImageShape shape);

    /** Has what is known of it remembered, if its pixels are not. */
    void addTo(FactsCache cache);

    /** The same without pixels, if they can be decoded again. */
    Kept forgotten();
  }

  /**
   * Where an image is from.
   *
   * @param lasting where it can be decoded again, if it can
   * @param stamp of its file before it was decoded, if it may be remembered
   */
  private record Origin(
      Optional<EncodedImage> lasting, Optional<FactsCache.Stamp> stamp, ImageStream stream) {}

  /** Its pixels. */
  private record Pixels(DecodedImage image, Origin origin) implements Kept {
    @Override
    public ImageShape shape() {
      return image.shape();
    }

    @Override
    public int bytes() {
      return image.pixels().length;
    }

    @Override
    public StoredImage stored(ImageShape shape) {
      return new StoredImage.Held(
          shape.channels() == 3 ? image.inColour().pixels() : image.pixels());
    }

    @Override
    public void addTo(FactsCache cache) {
      // What is held is decoded anyway.
    }

    @Override
    public Kept forgotten() {
      return origin.lasting().isPresent() ? new Facts(ImageFacts.of(image), origin) : this;
    }
  }

  /** What has to be known of it. */
  private record Facts(ImageFacts facts, Origin origin) implements Kept {
    @Override
    public ImageShape shape() {
      return facts.shape();
    }

    @Override
    public int bytes() {
      return origin.lasting().map(EncodedImage::heldBytes).orElse(0);
    }

    @Override
    public StoredImage stored(ImageShape shape) {
      return new StreamedImage(
          origin.lasting().orElseThrow(),
          origin.stream(),
          shape,
          shape.channels() == 3 ? facts.inColour() : facts);
    }

    @Override
    public void addTo(FactsCache cache) {
      origin.stamp().ifPresent(stamp -> cache.add(origin.lasting().orElseThrow(), stamp, facts));
    }

    @Override
    public Kept forgotten() {
      return this;
    }
  }

  private Kept keep(EncodedImage image, FactsCache cache) {
    // Before the file is read: what changes later is another image.
    Optional<FactsCache.Stamp> stamp = image.lasting().flatMap(cache::stamp);
    EncodedImage here = holdsFiles() ? image.held() : image;
    Origin origin = new Origin(again(here), stamp, stream);
    Optional<ImageFacts> facts =
        streaming ? stamp.flatMap(now -> cache.find(image, now)) : Optional.empty();
    if (facts.isPresent()) {
      return new Facts(facts.get(), origin);
    }
    Kept pixels = new Pixels(here.decode(stream.resizing()), origin);
    return streaming ? pixels.forgotten() : pixels;
  }

  private boolean holdsFiles() {
    return cropsAnew && stream.options().inMemory() == InMemory.ALWAYS;
  }

  /** The image as it can be decoded again; its file is held in memory if there is no other way. */
  private Optional<EncodedImage> again(EncodedImage image) {
    if (!cropsAnew) {
      return image.lasting();
    }
    return Optional.of(holdsFiles() ? image : image.lasting().orElse(image));
  }

  /**
   * Decodes files as {@link #decode(String, Iterator, OptionalInt, BadImages)}.
   *
   * @param root the folder that all files lie in, for messages
   * @param files at least one
   */
  Decoded decode(Path root, List<Path> files, BadImages badImages) {
    return decode(
        root.toString(),
        files.stream().map(file -> new EncodedImage.InFile(root, file)).iterator(),
        OptionalInt.of(files.size()),
        badImages);
  }

  /**
   * Images of one shape: three channels if any has colours, otherwise one. Of images that are taken
   * from a stream, only a few wait to be decoded.
   *
   * @param source where all of them are, for messages
   * @param encoded at least one
   * @param total number of these, if it is known
   * @throws IllegalArgumentException for all that cannot be decoded, unless they are left out, else
   *     for the first, in order, that has another size than the first; and as {@code encoded} does
   */
  Decoded decode(
      String source,
      Iterator<? extends EncodedImage> encoded,
      OptionalInt total,
      BadImages badImages) {
    int workerCount = Runtime.getRuntime().availableProcessors();
    ExecutorService workers = Executors.newFixedThreadPool(workerCount);
    FactsCache cache = FactsCache.of(source, stream);
    streaming |= stream.options().inMemory() == InMemory.AUTO && isTooMuch(cache.heldBytes());
    int waiting = WAITING_PER_WORKER * workerCount;
    Outcome outcome = new Outcome(source, waiting, total);
    try {
      Deque<Pending> pending = new ArrayDeque<>();
      while (encoded.hasNext()) {
        EncodedImage next = encoded.next();
        pending.add(
            new Pending(next.name(), next.place(), workers.submit(() -> keep(next, cache))));
        if (pending.size() > waiting) {
          outcome.add(pending.remove());
        }
      }
      pending.forEach(outcome::add);
    } catch (OutOfMemoryError e) {
      outcome.good.clear();
      throw new IllegalArgumentException(
          "%s: its images, held in memory: more memory than is left, allowed: the %d MB of Java's heap"
              .formatted(source, Runtime.getRuntime().maxMemory() >> 20),
          e);
    } finally {
      workers.shutdownNow();
    }
    Decoded decoded = outcome.decoded(badImages);
    outcome.good.forEach(image -> image.addTo(cache));
    cache.write();
    return decoded;
  }

  private record Pending(String name, String place, Future<Kept> image) {}

  /** What is known so far. */
  private final class Outcome {
    private final String source;
    private final int waiting;
    private final OptionalInt total;
    private final List<Kept> good = new ArrayList<>();
    private final List<Integer> badPositions = new ArrayList<>();
    private final Map<String, IllegalArgumentException> bad = new LinkedHashMap<>();
    private String firstPlace;
    private IllegalArgumentException otherSize;
    private double bytes;

    Outcome(String source, int waiting, OptionalInt total) {
      this.source = source;
      this.waiting = waiting;
      this.total = total;
    }

    void add(Pending pending) {
      look(pending);
      stream.options().listener().loaded(good.size() + bad.size(), total);
    }

    private void look(Pending pending) {
      try {
        addGood(pending.place(), ImageStream.result(pending.image()));
      } catch (IllegalArgumentException e) {
        badPositions.add(good.size() + badPositions.size());
        bad.put(pending.name(), e);
        return;
      }
      makeRoom(good.get(good.size() - 1));
    }

    /** Forgets the pixels if there are too many of them and nobody has asked to hold them. */
    private void makeRoom(Kept last) {
      boolean mayForget = stream.options().inMemory() == InMemory.AUTO && !streaming;
      if (mayForget && isTooMuch(withThoseThatWait(last))) {
        streaming = true;
        List<Kept> forgotten = good.parallelStream().map(Kept::forgotten).toList();
        good.clear();
        good.addAll(forgotten);
        bytes = good.stream().mapToDouble(Kept::bytes).sum();
      }
      if (last.bytes() > 0) {
        MemoryNeed.requireOfHeap(
            source + ": its first " + good.size() + " images, held in memory",
            withThoseThatWait(last) * ROOM_TO_WORK);
      }
    }

    /** Images that are decoded, but not looked at yet, take as much as the last one, each. */
    private double withThoseThatWait(Kept last) {
      return bytes + (double) waiting * last.bytes();
    }

    private void addGood(String place, Kept kept) {
      Kept image = streaming ? kept.forgotten() : kept;
      if (good.isEmpty()) {
        firstPlace = place;
      } else if (otherSize == null) {
        otherSize = differentSize(place, image);
      }
      good.add(image);
      bytes += image.bytes();
    }

    private IllegalArgumentException differentSize(String place, Kept image) {
      ImageShape shape = image.shape();
      ImageShape first = good.get(0).shape();
      if (shape.height() == first.height() && shape.width() == first.width()) {
        return null;
      }
      return new IllegalArgumentException(
          place
              + ": is "
              + sizeText(shape)
              + " pixels, allowed: "
              + sizeText(first)
              + " as "
              + firstPlace
              + ", or any size with --image-size");
    }

    Decoded decoded(BadImages badImages) {
      if (good.isEmpty() && bad.isEmpty()) {
        throw new IllegalArgumentException(source + ": has no images, allowed: at least one");
      }
      if (good.isEmpty() || (!bad.isEmpty() && badImages == BadImages.REFUSE)) {
        throw unusable(source, bad, badImages == BadImages.REFUSE ? ", or --skip-bad" : "");
      }
      if (otherSize != null) {
        throw otherSize;
      }
      ImageShape shape = shapeOfAll();
      return new Decoded(
          shape,
          good.stream().map(image -> image.stored(shape)).toList(),
          badPositions,
          List.copyOf(bad.keySet()));
    }

    private ImageShape shapeOfAll() {
      ImageShape first = good.get(0).shape();
      boolean colours = good.stream().anyMatch(image -> image.shape().channels() == 3);
      return new ImageShape(colours ? 3 : 1, first.height(), first.width());
    }
  }

  private static boolean isTooMuch(double bytes) {
    return bytes > HELD_PART * Runtime.getRuntime().maxMemory();
  }

  private static IllegalArgumentException unusable(
      String source, Map<String, IllegalArgumentException> bad, String wayOut) {
    IllegalArgumentException first = bad.values().iterator().next();
    if (bad.size() == 1) {
      return new IllegalArgumentException(first.getMessage() + wayOut, first);
    }
    String named =
        bad.entrySet().stream()
            .limit(SHOWN)
            .map(one -> one.getKey() + reason(one))
            .collect(Collectors.joining("; "));
    return new IllegalArgumentException(
        String.format(
            "%s: %d images cannot be used: %s%s, allowed: whole %s images%s",
            source,
            bad.size(),
            named,
            bad.size() > SHOWN ? "; and " + (bad.size() - SHOWN) + " more" : "",
            ImageFormat.titles(),
            wayOut),
        first);
  }

  /** What is in parentheses in the message about one file. */
  private static String reason(Map.Entry<String, IllegalArgumentException> bad) {
    Matcher reason = REASON.matcher(bad.getValue().getMessage());
    return reason.find() ? " (" + reason.group(1) + ")" : "";
  }

  private static String sizeText(ImageShape shape) {
    return shape.width() + "x" + shape.height();
  }
}
