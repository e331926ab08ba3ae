package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of the size of images, in every command that decodes some. */
class MaxPixelsTest {
  private static final String REFUSED = " pixels, more than the 71 of --max-pixels)";

  @TempDir private Path folder;

  @Test
  void apply_and_preview_refuse_an_image_above_the_limit_and_take_one_at_it() {
    Path image = Pictures.write(folder.resolve("image.png"), Pictures.colour(9, 8));
    Path out = folder.resolve("out.png");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("apply", "--transform", "identity", image, out),
            List.of("preview", image, "--transforms", "base", "--out", out))) {
      Result refused = run(command, "--max-pixels", "71");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .containsExactly(
              "smartaug: "
                  + image
                  + ": cannot be read (9x8"
                  + REFUSED
                  + ", allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
      assertThat(out).doesNotExist();

      assertThat(run(command, "--max-pixels", "72").exitCode()).isZero();
      assertThat(out.toFile().delete()).isTrue();
    }
  }

  @Test
  void train_records_the_limit_and_evaluate_keeps_it_unless_told_otherwise() throws IOException {
    Path images = DataFolders.write(folder.resolve("images"), "pictures");
    Path run = folder.resolve("run");
    List<Object> train = new ArrayList<>(List.of("train", "--dataset", images, "--out", run));
    train.addAll(List.of("--image-size", "8", "--model", "mlp", "--epochs", "1", "--threads", "1"));

    Result refused = run(train, "--max-pixels", "71");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(String.join("\n", refused.err()))
        .contains("images cannot be used")
        .contains(REFUSED);
    assertThat(run).doesNotExist();

    Result trained = run(train, "--max-pixels", "72");
    assertThat(trained.exitCode()).as("%s", trained.err()).isZero();
    assertThat(Files.readString(run.resolve("config.json"))).contains("\"max-pixels\" : 72");
    assertThat(run(List.of("evaluate", run)).exitCode()).isZero();
    assertThat(run(List.of("evaluate", run, "--max-pixels", "71")).exitCode()).isEqualTo(2);
    Path image = Pictures.write(folder.resolve("image.png"), Pictures.colour(9, 8));
    assertThat(run(List.of("predict", run, image, "--max-pixels", "72")).exitCode()).isZero();
    assertThat(run(List.of("predict", run, image, "--max-pixels", "71")).message())
        .contains(REFUSED);
    Pictures.write(images.resolve("train/class1/large.png"), Pictures.colour(9, 9));
    assertThat(run(List.of("evaluate", run)).exitCode()).isEqualTo(2);
  }

  private static Result run(List<Object> command, String... more) {
    List<Object> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }
}
