package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.run.report.MadeUpRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    new MadeUpRun(3, 3, 3, 4, true).write(Files.createDirectory(folder.resolve("learned")));
    new MadeUpRun(3, 3, 3, 0, true).write(Files.createDirectory(folder.resolve("none")));
    new MadeUpRun(1, 3, 3, 4, false).write(Files.createDirectory(folder.resolve("not-yet")));
  }

  @Test
  void runs_are_set_beside_each_other() {
    Result result = InProcess.run("compare", folder);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsExactly(
            "configuration    runs  test accuracy (%)  seconds / epoch  memory (MB)",
            "augment learned     1              81.25             4.00          118",
            "augment none        1              81.25             4.00          118",
            "left out: " + folder.resolve("not-yet") + ": the run has not come to its end");
  }

  @Test
  void programs_get_json_and_people_a_page() throws IOException {
    Path page = folder.resolve("compared.html");

    Result result = InProcess.run("compare", folder, "--json", "--html", page);

    JsonNode json = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(json.get("groups").get(0).get("runs").get(0).get("curve").size()).isEqualTo(3);
    assertThat(page).content().contains("2 runs compared");
  }

  @Test
  void what_is_no_run_is_refused_and_no_page_is_written() {
    Path page = folder.resolve("compared.html");

    Result result = InProcess.run("compare", folder.resolve("not-yet"), "--html", page);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).hasSize(1);
    assertThat(page).doesNotExist();
  }
}
