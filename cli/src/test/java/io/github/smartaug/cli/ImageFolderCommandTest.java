package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images as people have them, in {@code train} and {@code evaluate}. */
class ImageFolderCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> QUICK =
      List.of(
          "--model",
          "mlp",
          "--augment",
          "none",
          "--epochs",
          "2",
          "--batch-size",
          "4",
          "--threads",
          "1");

  @TempDir Path folder;

  @Test
  void folders_of_classes_are_trained_on_and_evaluated_and_the_run_says_what_was_done()
      throws IOException {
    classes(folder.resolve("photos"));
    Pictures.write(folder.resolve("photos/cat/2024.05/deep.png"), Pictures.colour(8, 8));

    Result trained = train("--dataset", folder.resolve("photos"));

    assertThat(trained.exitCode()).as(trained.message()).isZero();
    assertThat(trained.out())
        .contains(
            "data    photos: 14 training, 3 validation, 4 test images 3x8x8, 2 classes",
            "        2 folders of images are the classes, as there is no train/CLASS/",
            "        no folder test: 4 of 21 images, always the same ones, are held out for it",
            "        1 image lies in subfolders of the classes");
    Result evaluated = InProcess.run("evaluate", folder.resolve("run"), "--out", file("e.json"));
    assertThat(evaluated.exitCode()).as(evaluated.message()).isZero();
    assertThat(json("e.json").path("test")).isEqualTo(json("run/result.json").path("test"));
  }

  @Test
  void bad_images_end_training_and_are_all_named() throws IOException {
    damaged(folder.resolve("photos"));

    Result trained = train("--dataset", folder.resolve("photos"));

    assertThat(trained.exitCode()).isEqualTo(2);
    assertThat(trained.err())
        .singleElement()
        .asString()
        .contains("2 images cannot be used: ant/bad.jpg (", "; cat/worse.png (", "--skip-bad");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void bad_images_are_skipped_where_asked_for_in_training_resuming_repeating_and_evaluating()
      throws IOException {
    damaged(folder.resolve("photos"));

    Result trained = train("--dataset", folder.resolve("photos"), "--skip-bad");

    assertThat(trained.exitCode()).as(trained.message()).isZero();
    assertThat(trained.out())
        .contains("        2 images left out, unreadable: ant/bad.jpg, cat/worse.png");
    JsonNode result = json("run/result.json");
    assertThat(result.path("unreadable").toString())
        .isEqualTo("[\"ant/bad.jpg\",\"cat/worse.png\"]");
    assertThat(json("run/config.json").at("/options/skip-bad").asBoolean()).isTrue();

    RunOutcome outcome = RunOutcome.of(folder.resolve("run"));
    Result repeated =
        InProcess.run("train", "--config", file("run/config.json"), "--out", file("again"));
    assertThat(repeated.exitCode()).as(repeated.message()).isZero();
    assertThat(RunOutcome.of(folder.resolve("again"))).isEqualTo(outcome);

    Files.delete(file("run/result.json"));
    TinyTraining.cutInHalf(
        TinyTraining.checkpoints(file("run")).get(0).resolve("tensors.safetensors"));
    Result resumed = InProcess.run("train", "--resume", "--out", file("run"));
    assertThat(resumed.exitCode()).as(resumed.message()).isZero();
    assertThat(RunOutcome.of(folder.resolve("run"))).isEqualTo(outcome);

    Result evaluated = InProcess.run("evaluate", file("run"), "--out", file("e.json"));
    assertThat(evaluated.exitCode()).as(evaluated.message()).isZero();
    assertThat(json("e.json").path("test")).isEqualTo(result.path("test"));
  }

  @Test
  void images_that_went_bad_since_are_skipped_in_evaluate_where_asked_for() throws IOException {
    classes(folder.resolve("photos"));
    assertThat(train("--dataset", folder.resolve("photos")).exitCode()).isZero();
    Files.write(file("photos/ant/3.png"), new byte[9]);

    Result refused = InProcess.run("evaluate", file("run"));
    Result skipping = InProcess.run("evaluate", file("run"), "--skip-bad");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.message()).contains("ant/3.png", "--skip-bad");
    assertThat(skipping.exitCode()).as(skipping.message()).isZero();
  }

  @Test
  void the_path_of_the_images_is_recorded_absolute() throws IOException {
    Path images = classes(folder.resolve("photos"));
    Path relative = Path.of("").toAbsolutePath().relativize(images);

    assertThat(train("--dataset", relative + "/.").exitCode()).isZero();

    assertThat(json("run/config.json").at("/options/dataset").asText())
        .isEqualTo(images.toString());
  }

  private Result train(Object... options) {
    List<Object> words = new ArrayList<>(List.of("train", "--out", folder.resolve("run")));
    words.addAll(QUICK);
    words.addAll(List.of(options));
    return InProcess.run(words.toArray());
  }

  private static Path classes(Path root) {
    for (int i = 0; i < 10; i++) {
      Pictures.write(root.resolve("ant/" + i + ".png"), Pictures.colour(8, 8));
      Pictures.write(root.resolve("cat/" + i + ".png"), Pictures.colour(8, 8));
    }
    return root;
  }

  private static void damaged(Path root) throws IOException {
    classes(root);
    Files.writeString(root.resolve("ant/bad.jpg"), "no picture");
    Files.write(root.resolve("cat/worse.png"), new byte[0]);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name).toFile());
  }
}
