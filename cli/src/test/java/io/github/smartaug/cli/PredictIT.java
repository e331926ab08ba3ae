package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code smartaug predict} prints where. */
class PredictIT {
  @TempDir static Path folder;

  @BeforeAll
  static void trainAndPaint() throws IOException {
    TinyTraining.train(folder.resolve("run"));
    Pictures.write(folder.resolve("in/b/good.png"), Pictures.colour(8, 6));
    Pictures.write(folder.resolve("in/.hidden.png"), Pictures.colour(8, 6));
    Files.writeString(folder.resolve("in/bad.png"), "not a png");
  }

  @Test
  void predictions_stand_alone_on_the_output_and_bad_files_are_named_with_exit_code_1()
      throws IOException {
    Result result = SmartAugProcess.run(folder, "predict", "run", "in", "--json");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly(
            "smartaug: left out, hidden: in/.hidden.png",
            "smartaug: skipped: in/bad.png: cannot be read (unknown format), allowed: a whole PNG,"
                + " JPEG, BMP, GIF, TIFF or WebP image",
            "smartaug: 1 file was skipped, as said above (--skip-bad makes that no failure)");
    JsonNode all = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(all).hasSize(1);
    assertThat(all.get(0).required("image").asText()).isEqualTo("b/good.png");
  }

  @Test
  void a_file_gets_the_same_and_the_output_a_summary() throws IOException {
    Result printed = SmartAugProcess.run(folder, "predict", "run", "in", "--csv", "--skip-bad");
    Result written =
        SmartAugProcess.run(folder, "predict", "run", "in", "--csv", "--skip-bad", "--out=p.csv");

    assertThat(written.exitCode()).as(written.message()).isZero();
    assertThat(written.out())
        .singleElement()
        .asString()
        .startsWith("1 of 2 images classified, written to p.csv in ");
    assertThat(Files.readAllLines(folder.resolve("p.csv"))).isEqualTo(printed.out());
  }
}
