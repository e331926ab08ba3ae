package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code smartaug train} as a user runs it, on little data. */
class TrainIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void a_run_on_the_embedded_images_leaves_a_folder_that_explains_itself() throws IOException {
    SmartAugProcess.Result result = train("run", "--seed", "3");

    assertThat(result.out())
        .anyMatch(line -> line.matches("epoch 1/2 .*validation loss .* left .*"))
        .anyMatch(line -> line.startsWith("test accuracy "))
        .anyMatch(line -> line.equals("run folder run"));
    Path run = folder.resolve("run");
    for (String file :
        List.of(
            "README.txt",
            "split.csv",
            "plots/losses.png",
            "plots/accuracy.png",
            "plots/probabilities.png",
            "plots/magnitudes.png",
            "samples/augmented.png",
            "samples/strengths.png",
            "samples/mistakes.png",
            "tensorboard/events.out.tfevents.smartaug",
            "report.html",
            "model.safetensors")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    JsonNode config = JSON.readTree(run.resolve("config.json").toFile());
    assertThat(config.path("options").path("seed").asLong()).isEqualTo(3);
    assertThat(config.path("data").path("name").asText()).isEqualTo("fashion-mnist-mini");
    List<JsonNode> log = log("run");
    assertThat(log).hasSize(2);
    JsonNode last = log.get(1);
    assertThat(last.path("epoch").asInt()).isEqualTo(2);
    assertThat(last.path("f1")).hasSize(10);
    double sum = 0;
    for (JsonNode transform : last.path("policy")) {
      sum += transform.path("probability").asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    JsonNode results = JSON.readTree(run.resolve("result.json").toFile());
    assertThat(results.path("test_accuracy").asDouble()).isBetween(0.2, 1.0);
    assertThat(results.path("log")).hasSize(2);
    JsonNode policy = JSON.readTree(run.resolve("policy.json").toFile());
    // Of the set's 14, the one of colour does nothing to grey images.
    assertThat(policy.path("transforms")).hasSize(13);
  }

  @Test
  void the_same_seed_gives_the_same_log_and_the_same_weights_bit_for_bit() throws IOException {
    train("first", "--seed", "5", "--inner-steps", "2");
    train("second", "--seed", "5", "--inner-steps", "2");
    train("third", "--seed", "6", "--inner-steps", "2");

    assertThat(withoutTimes(log("second"))).isEqualTo(withoutTimes(log("first")));
    assertThat(weights("second")).isEqualTo(weights("first"));
    assertThat(weights("third")).isNotEqualTo(weights("first"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "random"})
  void the_baselines_are_the_same_command(String augment) throws IOException {
    train("run", "--augment", augment);

    assertThat(folder.resolve("run/result.json")).exists();
    assertThat(folder.resolve("run/policy.json")).doesNotExist();
    assertThat(Files.exists(folder.resolve("run/samples/augmented.png")))
        .isEqualTo(augment.equals("random"));
    assertThat(folder.resolve("run/report.html")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "learned"})
  void hyperparameters_are_learned_with_and_without_a_policy(String augment) throws IOException {
    SmartAugProcess.Result result =
        train("run", "--augment", augment, "--learn", "lr,weight-decay", "--lr", "0.05");

    assertThat(result.out())
        .anyMatch(line -> line.matches("learned hyperparameters: lr [0-9.]+, weight_decay .*"));
    JsonNode last = log("run").get(1);
    double rate = last.path("learned").path("lr").asDouble();
    assertThat(rate).isPositive().isNotEqualTo(0.05);
    assertThat(last.path("lr").asDouble()).isCloseTo(rate / 2, within(1e-9));
    assertThat(last.path("learned").path("weight_decay").asDouble()).isPositive();
    JsonNode results = JSON.readTree(folder.resolve("run/result.json").toFile());
    assertThat(results.path("learned")).isEqualTo(last.path("learned"));
  }

  @Test
  void another_optimizer_has_its_own_defaults_which_the_run_folder_records() throws IOException {
    train("run", "--augment", "none", "--optimizer", "adamw");

    JsonNode config = JSON.readTree(folder.resolve("run/config.json").toFile());
    JsonNode optimizer = config.path("optimizer");
    assertThat(optimizer.path("name").asText()).isEqualTo("adamw");
    assertThat(optimizer.path("learning_rate").asDouble()).isEqualTo(0.001);
    assertThat(optimizer.path("weight_decay").asDouble()).isEqualTo(0.01);
    assertThat(log("run").get(0).path("lr").asDouble()).isEqualTo(0.001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet", "resnet18"})
  void cifar_10_is_trained_on_from_its_original_files(String model) throws IOException {
    Path data = Files.createDirectory(folder.resolve("cifar"));
    Random random = new Random(1);
    for (String name : List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4")) {
      writeCifar(data.resolve(name + ".bin"), 20, random);
    }
    writeCifar(data.resolve("data_batch_5.bin"), 20, random);
    writeCifar(data.resolve("test_batch.bin"), 20, random);

    SmartAugProcess.Result result =
        run("run", "--dataset", "cifar", "--model", model, "--epochs", "1", "--batch-size", "16");

    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    assertThat(result.out().get(0)).contains("80 training, 20 validation, 20 test images 3x32x32");
  }

  @Test
  void a_folder_of_jpegs_is_trained_on() throws IOException {
    for (String part : List.of("train", "test")) {
      writeDiscs(folder.resolve("photos/" + part + "/red"), Color.RED);
      writeDiscs(folder.resolve("photos/" + part + "/blue"), Color.BLUE);
    }

    SmartAugProcess.Result result =
        run(
            "run",
            "--dataset",
            "photos",
            "--image-size",
            "32",
            "--batch-size",
            "12",
            "--epochs",
            "6");

    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    JsonNode results = JSON.readTree(folder.resolve("run/result.json").toFile());
    assertThat(results.path("test_accuracy").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void a_loss_that_becomes_nan_stops_the_run_with_the_epoch_and_step_and_an_intact_log()
      throws IOException {
    SmartAugProcess.Result result =
        run(
            "run",
            "--limit-train",
            "600",
            "--augment",
            "none",
            "--lr",
            "1e12",
            "--gradient-clip",
            "0",
            "--momentum",
            "0",
            "--epochs",
            "3");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .singleElement()
        .asString()
        .matches("smartaug: .* became (NaN|Infinity) in epoch \\d, step \\d+: .*; log: run/log.*");
    for (JsonNode line : log("run")) {
      assertThat(line.path("epoch").asInt()).isPositive();
    }
    assertThat(folder.resolve("run/result.json")).doesNotExist();
  }

  private SmartAugProcess.Result train(String out, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--limit-train", "1200", "--limit-test", "200", "--epochs", "2"));
    SmartAugProcess.Result result = run(out, all.toArray(new String[0]));
    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    return result;
  }

  private SmartAugProcess.Result run(String out, String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", out));
    arguments.addAll(List.of(options));
    return SmartAugProcess.run(folder, arguments.toArray(new String[0]));
  }

  private List<JsonNode> log(String run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("log.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static List<JsonNode> withoutTimes(List<JsonNode> log) {
    log.forEach(
        line -> {
          List<String> names = new ArrayList<>();
          line.fieldNames().forEachRemaining(names::add);
          names.removeIf(name -> !name.startsWith("seconds") && !name.equals("peak_memory_bytes"));
          ((ObjectNode) line).remove(names);
        });
    return log;
  }

  private byte[] weights(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  private static void writeCifar(Path file, int images, Random random) throws IOException {
    byte[] bytes = new byte[images * 3073];
    random.nextBytes(bytes);
    for (int i = 0; i < images; i++) {
      bytes[i * 3073] = (byte) (i % 10);
    }
    Files.write(file, bytes);
  }

  private static void writeDiscs(Path target, Color color) throws IOException {
    Files.createDirectories(target);
    for (int i = 0; i < 24; i++) {
      ImageIO.write(disc(color, 40 + i, 30), "jpg", target.resolve(i + ".jpg").toFile());
    }
  }

  private static BufferedImage disc(Color color, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillOval(2, 2, width - 4, height - 4);
    graphics.dispose();
    return image;
  }
}
