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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decodes and resizes images on all cores, into images of one shape in their order. */
final class ParallelDecoder {
  private static final int SHOWN = 10;
  private static final int WAITING_PER_WORKER = 8;

  /** Java's heap holds more than the images: a share of it must remain. */
  private static final double ROOM_TO_WORK = 1.1;

  private static final Pattern REASON = Pattern.compile(" \\((.{1,60}).*\\), allowed: ");

  private final Resizing resizing;

  ParallelDecoder(Resizing resizing) {
    this.resizing = resizing;
  }

  /**
   * What came of images.
   *
   * @param images of one shape, the good ones in their order
   * @param bad positions of those that were left out, ascending
   * @param badNames their paths within the data set
   */
  record Decoded(List<DecodedImage> images, List<Integer> bad, List<String> badNames) {}

  /**
   * Decodes files as {@link #decode(String, Iterator, BadImages)}.
   *
   * @param root the folder that all files lie in, for messages
   * @param files at least one
   */
  Decoded decode(Path root, List<Path> files, BadImages badImages) {
    return decode(
        root.toString(),
        files.stream().map(file -> new EncodedImage.InFile(root, file)).iterator(),
        badImages);
  }

  /**
   * Images of one shape: three channels if any has colours, otherwise one. Of images that are taken
   * from a stream, only a few wait to be decoded.
   *
   * @param source where all of them are, for messages
   * @param encoded at least one
   * @throws IllegalArgumentException for all that cannot be decoded, unless they are left out, else
   *     for the first, in order, that has another size than the first; and as {@code encoded} does
   */
  Decoded decode(String source, Iterator<? extends EncodedImage> encoded, BadImages badImages) {
    int workerCount = Runtime.getRuntime().availableProcessors();
    ExecutorService workers = Executors.newFixedThreadPool(workerCount);
    Outcome outcome = new Outcome(source);
    try {
      Deque<Pending> pending = new ArrayDeque<>();
      while (encoded.hasNext()) {
        EncodedImage next = encoded.next();
        pending.add(
            new Pending(next.name(), next.place(), workers.submit(() -> next.decode(resizing))));
        if (pending.size() > WAITING_PER_WORKER * workerCount) {
          outcome.add(pending.remove());
        }
      }
      pending.forEach(outcome::add);
    } finally {
      workers.shutdownNow();
    }
    return outcome.decoded(badImages);
  }

  private record Pending(String name, String place, Future<DecodedImage> image) {}

  /** What is known so far. */
  private static final class Outcome {
    private final String source;
    private final List<DecodedImage> good = new ArrayList<>();
    private final List<Integer> badPositions = new ArrayList<>();
    private final Map<String, IllegalArgumentException> bad = new LinkedHashMap<>();
    private String firstPlace;
    private IllegalArgumentException otherSize;
    private double bytes;

    Outcome(String source) {
      this.source = source;
    }

    void add(Pending pending) {
      try {
        addGood(pending.place(), result(pending.image()));
      } catch (IllegalArgumentException e) {
        badPositions.add(good.size() + badPositions.size());
        bad.put(pending.name(), e);
        return;
      }
      MemoryNeed.requireOfHeap(
          source + ": its first " + good.size() + " images", bytes * ROOM_TO_WORK);
    }

    private void addGood(String place, DecodedImage image) {
      if (good.isEmpty()) {
        firstPlace = place;
      } else if (otherSize == null) {
        otherSize = differentSize(place, image);
      }
      good.add(image);
      bytes += image.pixels().length;
    }

    private IllegalArgumentException differentSize(String place, DecodedImage image) {
      ImageShape shape = image.shape();
      ImageShape first = good.get(0).shape();
      if (shape.height() == first.height() && shape.width() == first.width()) {
        return null;
      }
      return new IllegalArgumentException(
          place
              + ": is "
              + image.sizeText()
              + " pixels, allowed: "
              + good.get(0).sizeText()
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
      boolean colours = good.stream().anyMatch(image -> image.shape().channels() == 3);
      return new Decoded(
          colours ? good.stream().map(DecodedImage::inColour).toList() : good,
          badPositions,
          List.copyOf(bad.keySet()));
    }
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

  private static DecodedImage result(Future<DecodedImage> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException cause) {
        throw cause;
      }
      throw new IllegalStateException("decoding images failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while decoding images", e);
    }
  }
}
