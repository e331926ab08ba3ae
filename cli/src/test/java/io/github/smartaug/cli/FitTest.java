package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model meets new images as it met those that it was tested on. */
@Timeout(120)
class FitTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SIDE = 14;

  /** The longer side of all images is this times the side: the centre has all that is bright. */
  private static final int LONG = 3;

  @TempDir Path folder;

  @BeforeEach
  void write_photos() {
    for (String set : List.of("train", "test")) {
      for (int i = 0; i < 16; i++) {
        Pictures.write(folder.resolve("photos/%s/a/%d.png".formatted(set, i)), photo(i, true));
        Pictures.write(folder.resolve("photos/%s/b/%d.png".formatted(set, i)), photo(i, false));
      }
    }
  }

  /** Wide images, with stripes across or along in the middle, and the other ones beside it. */
  private static BufferedImage photo(int number, boolean across) {
    int width = LONG * 16;
    BufferedImage image = new BufferedImage(width, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < width; x++) {
        boolean centre = x >= 16 && x < 32;
        int along = across == centre ? x : y;
        image.setRGB(x, y, (along + number) % 4 < 2 ? 0xffffff : 0x101010 * (number % 5));
      }
    }
    return image;
  }

  @Test
  void evaluate_and_predict_crop_images_as_the_run_did() throws IOException {
    Path run = train("crop");

    double accuracy = accuracy(run.resolve("result.json"));
    assertThat(accuracy).isGreaterThan(0.9);
    Path evaluated = folder.resolve("evaluated.json");
    succeed("evaluate", run, "--out", evaluated);
    assertThat(accuracy(evaluated)).isEqualTo(accuracy, within(1e-9));
    assertThat(predicted(run)).isEqualTo(accuracy, within(1e-9));
  }

  @Test
  void a_run_with_random_crops_is_used_with_the_centres() throws IOException {
    Path run = train("random-crop");

    double accuracy = accuracy(run.resolve("result.json"));
    Path evaluated = folder.resolve("evaluated.json");
    succeed("evaluate", run, "--out", evaluated);
    assertThat(accuracy(evaluated)).isEqualTo(accuracy, within(1e-9));
    assertThat(predicted(run)).isEqualTo(accuracy, within(1e-9));
    assertThat(config(run).required("data").required("image_fit").asText())
        .isEqualTo("random-crop");
  }

  @Test
  void for_a_run_that_does_not_say_it_images_are_squashed_as_they_were_then() throws IOException {
    Path run = train("squash");
    String before = csv(run);
    ObjectNode config = config(run);
    assertThat(((ObjectNode) config.required("data")).remove("image_fit").asText())
        .isEqualTo("squash");
    ((ObjectNode) config.required("options")).remove("fit");
    Files.writeString(run.resolve("config.json"), config.toString());

    assertThat(csv(run)).isEqualTo(before);
    double accuracy = accuracy(run.resolve("result.json"));
    Path evaluated = folder.resolve("evaluated.json");
    succeed("evaluate", run, "--out", evaluated);
    assertThat(accuracy(evaluated)).isEqualTo(accuracy, within(1e-9));
    ((ObjectNode) config.required("data")).put("image_fit", "crop");
    Files.writeString(run.resolve("config.json"), config.toString());
    assertThat(csv(run)).isNotEqualTo(before);
  }

  private Path train(String fit) {
    Path run = folder.resolve("run");
    succeed(
        "train",
        "--dataset",
        folder.resolve("photos"),
        "--out",
        run,
        "--image-size",
        SIDE,
        "--fit",
        fit,
        "--model",
        "mlp",
        "--augment",
        "none",
        "--epochs",
        12,
        "--batch-size",
        8,
        "--lr",
        0.02,
        "--threads",
        1);
    return run;
  }

  private static void succeed(Object... words) {
    Result result = InProcess.run(words);
    assertThat(result.exitCode()).as(result.message()).isZero();
  }

  private static ObjectNode config(Path run) throws IOException {
    return (ObjectNode) MAPPER.readTree(Files.readString(run.resolve("config.json")));
  }

  private static double accuracy(Path file) throws IOException {
    var json = MAPPER.readTree(Files.readString(file));
    return json.findValue(json.has("test_accuracy") ? "test_accuracy" : "accuracy").asDouble();
  }

  private String csv(Path run) throws IOException {
    Path file = folder.resolve("predicted.csv");
    succeed("predict", run, folder.resolve("photos/test"), "--csv", "--out", file);
    return Files.readString(file);
  }

  /** Part of the test images that the command predicts rightly. */
  private double predicted(Path run) throws IOException {
    List<String> lines = csv(run).lines().skip(1).toList();
    assertThat(lines).hasSize(32);
    return lines.stream().filter(line -> line.matches("([ab])/\\d+\\.png,\\1,.*")).count() / 32.0;
  }
}
