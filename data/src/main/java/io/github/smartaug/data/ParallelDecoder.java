package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Decodes and resizes image files on all cores, into images of one shape in the files' order. */
final class ParallelDecoder {
  private static final int SHOWN = 10;
  private static final Pattern REASON = Pattern.compile(" \\((.{1,60}).*\\), allowed: ");

  private final Resizing resizing;

  ParallelDecoder(Resizing resizing) {
    this.resizing = resizing;
  }

  /**
   * What came of files.
   *
   * @param images of one shape, those of the good files in their order
   * @param bad files that were left out
   */
  record Decoded(List<DecodedImage> images, List<Path> bad) {}

  /**
   * Images of one shape: three channels if any file has colours, otherwise one.
   *
   * @param root the folder that all files lie in, for messages
   * @param files at least one
   * @throws IllegalArgumentException for all files that cannot be decoded, unless they are left
   *     out, else for the first, in order, that has another size than the first
   */
  Decoded decode(Path root, List<Path> files, BadImages badImages) {
    Map<Path, DecodedImage> good = new LinkedHashMap<>();
    Map<Path, IllegalArgumentException> bad = new LinkedHashMap<>();
    decodeAll(files, good, bad);
    if (good.isEmpty() || (!bad.isEmpty() && badImages == BadImages.REFUSE)) {
      throw unusable(root, bad, badImages == BadImages.REFUSE ? ", or --skip-bad" : "");
    }
    requireOneSize(good);
    List<DecodedImage> images = List.copyOf(good.values());
    boolean colours = images.stream().anyMatch(image -> image.shape().channels() == 3);
    return new Decoded(
        colours ? images.stream().map(DecodedImage::inColour).toList() : images,
        List.copyOf(bad.keySet()));
  }

  private void decodeAll(
      List<Path> files, Map<Path, DecodedImage> good, Map<Path, IllegalArgumentException> bad) {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<DecodedImage>> futures = new ArrayList<>();
      for (Path file : files) {
        futures.add(workers.submit(() -> ImageDecoder.decode(file, resizing)));
      }
      for (int i = 0; i < files.size(); i++) {
        try {
          good.put(files.get(i), result(futures.get(i)));
        } catch (IllegalArgumentException e) {
          bad.put(files.get(i), e);
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static IllegalArgumentException unusable(
      Path root, Map<Path, IllegalArgumentException> bad, String wayOut) {
    IllegalArgumentException first = bad.values().iterator().next();
    if (bad.size() == 1) {
      return new IllegalArgumentException(first.getMessage() + wayOut, first);
    }
    String named =
        bad.entrySet().stream()
            .limit(SHOWN)
            .map(one -> FolderNotes.name(root, one.getKey()) + reason(one))
            .collect(Collectors.joining("; "));
    return new IllegalArgumentException(
        String.format(
            "%s: %d images cannot be used: %s%s, allowed: whole PNG or JPEG images%s",
            root,
            bad.size(),
            named,
            bad.size() > SHOWN ? "; and " + (bad.size() - SHOWN) + " more" : "",
            wayOut),
        first);
  }

  /** What is in parentheses in the message about one file. */
  private static String reason(Map.Entry<Path, IllegalArgumentException> bad) {
    Matcher reason = REASON.matcher(bad.getValue().getMessage());
    return reason.find() ? " (" + reason.group(1) + ")" : "";
  }

  private static void requireOneSize(Map<Path, DecodedImage> images) {
    Map.Entry<Path, DecodedImage> first = images.entrySet().iterator().next();
    images.forEach((file, image) -> requireSize(file, image, first.getKey(), first.getValue()));
  }

  private static void requireSize(
      Path file, DecodedImage image, Path firstFile, DecodedImage firstImage) {
    ImageShape shape = image.shape();
    ImageShape first = firstImage.shape();
    if (shape.height() != first.height() || shape.width() != first.width()) {
      throw new IllegalArgumentException(
          file
              + ": is "
              + image.sizeText()
              + " pixels, allowed: "
              + firstImage.sizeText()
              + " as "
              + firstFile
              + ", or any size with --image-size");
    }
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
