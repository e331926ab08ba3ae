package io.github.smartaug.run;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.data.SplitFile;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.input.JsonField;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a run in {@code config.json}.
 *
 * @param name of the data set
 * @param provenance where it came from, in words
 * @param imageShape of every image
 * @param fit how images of other sizes came to that shape
 * @param classNames of class 0, 1, ...
 * @param trainingImages number of images that the run learned from
 * @param validationImages number of images held out of these
 * @param testImages number of images that the run was tested on
 * @param normalization of the training images
 * @param contentHashes SHA-256 of the whole data set by {@code training}, {@code validation} (if it
 *     has such images) and {@code test}, before limits and splits: runs with different limits can
 *     be seen to share it
 * @param splitHash SHA-256 of {@code split.csv}; empty for runs of versions that wrote none
 */
public record RunData(
    String name,
    String provenance,
    ImageShape imageShape,
    ImageFit fit,
    List<String> classNames,
    int trainingImages,
    int validationImages,
    int testImages,
    Normalization normalization,
    Map<String, String> contentHashes,
    Optional<String> splitHash) {
  /** Copies list and map. */
  public RunData {
    classNames = List.copyOf(classNames);
    contentHashes = Collections.unmodifiableMap(new LinkedHashMap<>(contentHashes));
  }

  static RunData of(DatasetBundle used, DatasetBundle source, Normalization normalization) {
    return new RunData(
        used.name(),
        used.provenance(),
        used.shape(),
        used.fit(),
        used.classNames(),
        used.training().size(),
        used.validation().orElseThrow().size(),
        used.test().size(),
        normalization,
        hashes(source),
        Optional.of(splitHash(used)));
  }

  private static String splitHash(DatasetBundle used) {
    MessageDigest digest = Sha256.digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      SplitFile.write(used, out);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written", e);
    }
    return Sha256.hexadecimal(digest);
  }

  private static Map<String, String> hashes(DatasetBundle source) {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("training", source.training().contentHash());
    source.validation().ifPresent(set -> hashes.put("validation", set.contentHash()));
    hashes.put("test", source.test().contentHash());
    return hashes;
  }

  static RunData read(JsonField field) {
    ImageShape shape = shape(field.field("image_shape"));
    return new RunData(
        field.field("name").text(),
        field.field("provenance").text(),
        shape,
        fit(field.field("image_fit"), shape),
        field.field("class_names").elements().stream().map(JsonField::text).toList(),
        field.field("training_images").wholeNumber(1),
        field.field("validation_images").wholeNumber(1),
        field.field("test_images").wholeNumber(1),
        normalization(field, shape.channels()),
        field.field("content_hash").texts(),
        field.field("split_hash").isAbsent()
            ? Optional.empty()
            : Optional.of(field.field("split_hash").text()));
  }

  /** Runs of earlier versions did not say it: they squashed images. */
  private static ImageFit fit(JsonField field, ImageShape shape) {
    ImageFit fit = field.isAbsent() ? ImageFit.SQUASH : field.oneOf(ImageFit.values());
    if (fit != ImageFit.SQUASH && shape.height() != shape.width()) {
      throw field.wrong("\"squash\", as data.image_shape is no square");
    }
    return fit;
  }

  static ImageShape shape(JsonField field) {
    try {
      return ImageShape.parse(field.text());
    } catch (IllegalArgumentException e) {
      IllegalArgumentException wrong =
          field.wrong("channels, height and width, such as \"3x32x32\"");
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static Normalization normalization(JsonField field, int channels) {
    JsonField deviations = field.field("standard_deviation");
    for (double deviation : deviations.numbers(channels)) {
      if (deviation <= 0) {
        throw deviations.wrong("numbers above 0");
      }
    }
    return new Normalization(numbers(field.field("mean"), channels), numbers(deviations, channels));
  }

  private static List<Double> numbers(JsonField field, int size) {
    return Arrays.stream(field.numbers(size)).boxed().toList();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("provenance", provenance);
    json.put("image_shape", imageShape.toString());
    json.put("image_fit", fit.toString());
    json.put("class_names", classNames);
    json.put("training_images", trainingImages);
    json.put("validation_images", validationImages);
    json.put("test_images", testImages);
    json.put("mean", normalization.mean());
    json.put("standard_deviation", normalization.standardDeviation());
    json.put("content_hash", contentHashes);
    splitHash.ifPresent(hash -> json.put("split_hash", hash));
    return json;
  }
}
