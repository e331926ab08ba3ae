package io.github.smartaug.cli.datasets;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.options.ShiftOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.ImageFolderWriter;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.AtomicFolder;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunFolder.EarlierRun;
import io.github.smartaug.run.RunJson;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A data set whose validation and test images are changed by something that is hidden. */
public final class ShiftedDataset {
  private static final String SHIFT = "shift.json";
  private static final String ORACLE = "oracle.json";

  private final ShiftOptions options;
  private final HiddenShift shift;
  private final Path folder;

  /**
   * Checks the options, and writes nothing.
   *
   * @throws IllegalArgumentException if they do not fit, or the folder is not new
   */
  public ShiftedDataset(ShiftOptions options) {
    options.check();
    this.options = options;
    this.shift = new HiddenShift(options.transform(), options.amount());
    this.folder = options.out().toAbsolutePath().normalize();
    try {
      RunFolder.check(folder, EarlierRun.KEEP);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("OUT: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the folder.
   *
   * @throws IllegalArgumentException if the images are missing, wrong or too few
   */
  public void write(PrintStream out) {
    DatasetBundle plain = options.load();
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy hidden = shift.hidden();
      DatasetBundle shifted =
          DatasetBundle.of(
                  plain.name(),
                  plain.provenance(),
                  plain.training(),
                  changed(plain.test(), hidden, "hidden-shift-test"))
              .withValidation(
                  changed(plain.validation().orElseThrow(), hidden, "hidden-shift-validation"));
      Files.createDirectories(Objects.requireNonNull(folder.getParent(), "not the root"));
      AtomicFolder.write(folder, target -> write(shifted, target));
      out.println(
          "%d training images as they are, %d validation and %d test images changed by %s"
              .formatted(
                  shifted.training().size(),
                  shifted.validation().orElseThrow().size(),
                  shifted.test().size(),
                  text()));
      out.println("data    " + options.out());
      out.println("oracle  " + options.out().resolve(ORACLE));
    } catch (IOException e) {
      throw new RunFailedException(
          options.out() + ": cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private String text() {
    return shift.amount() > 0 ? shift.transform() + " " + shift.amount() : "" + shift.transform();
  }

  private ImageDataset changed(ImageDataset images, LearnablePolicy hidden, String stream) {
    RandomStream random = RandomStream.of(options.seed(), stream);
    List<DecodedImage> changed = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      try (TensorScope scope = TensorScope.open()) {
        Draws draws = hidden.draw(1, random);
        changed.add(
            DecodedImage.of(hidden.apply(DecodedImage.of(images, i).toTensor(), draws).images()));
      }
    }
    return ImageDataset.ofDecoded(changed, images.classNames(), images.labels());
  }

  private void write(DatasetBundle shifted, Path target) throws IOException {
    ImageFolderWriter.write(shifted, target);
    AtomicFile.write(target.resolve(SHIFT), RunJson.document(description(shifted)));
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("oracle", "the hidden transform of the data set in this folder: " + text());
    new PolicyFile(shift.oracle(), provenance).write(target.resolve(ORACLE));
  }

  private Map<String, Object> description(DatasetBundle shifted) {
    ImageShape shape = shifted.shape();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", "smartaug-shift");
    json.put("version", 1);
    json.put("transform", shift.transform().toString());
    json.put("amount", shift.amount());
    json.put("share_of_images", shift.share());
    json.put("seed", options.seed());
    json.put("data", shifted.name());
    json.put("provenance", shifted.provenance());
    json.put("image_shape", shape.toString());
    json.put("training_images", shifted.training().size());
    json.put("validation_images", shifted.validation().orElseThrow().size());
    json.put("test_images", shifted.test().size());
    return json;
  }
}
