package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Decodes and resizes image files on all cores, into images of one shape in the files' order. */
final class ParallelDecoder {
  private final Resizing resizing;

  ParallelDecoder(Resizing resizing) {
    this.resizing = resizing;
  }

  /**
   * Images of one shape: three channels if any file has colours, otherwise one.
   *
   * @param files at least one
   * @throws IllegalArgumentException for all files that cannot be decoded, else for the first, in
   *     order, that has another size than the first
   */
  List<DecodedImage> decode(List<Path> files) {
    List<DecodedImage> images = decodeAll(files);
    boolean colours = images.stream().anyMatch(image -> image.shape().channels() == 3);
    return colours ? images.stream().map(DecodedImage::inColour).toList() : images;
  }

  private List<DecodedImage> decodeAll(List<Path> files) {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<DecodedImage>> futures = new ArrayList<>();
      for (Path file : files) {
        futures.add(workers.submit(() -> ImageDecoder.decode(file, resizing)));
      }
      List<DecodedImage> images = results(futures);
      for (int i = 0; i < files.size(); i++) {
        requireSize(files.get(i), images.get(i), files.get(0), images.get(0));
      }
      return images;
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<DecodedImage> results(List<Future<DecodedImage>> futures) {
    List<DecodedImage> images = new ArrayList<>();
    List<IllegalArgumentException> bad = new ArrayList<>();
    for (Future<DecodedImage> future : futures) {
      try {
        images.add(result(future));
      } catch (IllegalArgumentException e) {
        bad.add(e);
      }
    }
    if (bad.size() == 1) {
      throw bad.get(0);
    }
    if (!bad.isEmpty()) {
      String all = bad.stream().map(Exception::getMessage).collect(Collectors.joining("; "));
      throw new IllegalArgumentException(bad.size() + " images cannot be used: " + all, bad.get(0));
    }
    return images;
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
