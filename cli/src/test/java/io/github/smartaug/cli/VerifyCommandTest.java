package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smartaug datasets verify}. */
class VerifyCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeImages() throws IOException {
    for (String name : new String[] {"train/cat/a", "train/dog/b", "test/cat/c", "test/dog/d"}) {
      Path file = folder.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      int size = 8 + name.charAt(name.length() - 1) - 'a';
      Pictures.write(file, Pictures.colour(size, 8));
    }
  }

  @Test
  void a_sound_set_is_a_table_and_exit_code_0() {
    Result result = InProcess.run("datasets", "verify", folder);
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(String.join("\n", result.out()))
        .contains("published   no set of this name is known")
        .contains("images      2 training, 0 validation, 2 test; 2 classes")
        .contains("3x8x8: 1")
        .contains("unreadable  none")
        .contains("duplicates  within training 0, validation 0, test 0")
        .containsPattern("cat +1 +0 +1 +50.00 %")
        .contains("The largest class has 1.000 times the training images of the smallest.")
        .endsWith("Nothing is wrong.");
  }

  @Test
  void damage_and_leaks_are_told_and_end_with_1() throws IOException {
    Files.copy(folder.resolve("train/cat/a.png"), folder.resolve("test/cat/copy.png"));
    Files.writeString(folder.resolve("train/cat/bad.jpg"), "");
    Result result = InProcess.run("datasets", "verify", folder);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            "unreadable  1: train/cat/bad.jpg",
            "wrong: 1 image cannot be read",
            "wrong: 1 validation or test images are training images, too")
        .anyMatch(line -> line.endsWith("test/cat/copy.png = train/cat/a.png"));
  }

  @Test
  void programs_get_all_of_it_as_json() throws IOException {
    Files.writeString(folder.resolve("train/cat/bad.jpg"), "");
    Result result = InProcess.run("datasets", "verify", folder, "--json");
    assertThat(result.exitCode()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(json.required("problems").get(0).asText()).isEqualTo("1 image cannot be read");
    assertThat(json.required("unreadable").get(0).asText()).isEqualTo("train/cat/bad.jpg");
    assertThat(json.required("classes").get(1).required("name").asText()).isEqualTo("dog");
    assertThat(json.required("duplicates").required("of_training_in_test").asInt()).isZero();
    assertThat(json.required("published").isNull()).isTrue();
  }

  @Test
  void what_is_no_data_set_ends_with_2() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Result none = InProcess.run("datasets", "verify", empty);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).singleElement().asString().contains("holds no known data set");
    Result missing = InProcess.run("datasets", "verify", folder.resolve("missing"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.message()).contains("FOLDER: ").contains("allowed: a folder or file");
  }
}
