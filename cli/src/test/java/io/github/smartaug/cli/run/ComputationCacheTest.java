package io.github.smartaug.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputationCacheTest {
  @TempDir private Path folder;

  @Test
  void what_was_written_is_read_in_its_case_only() {
    ComputationCache cache = new ComputationCache(folder.resolve("a").resolve("b"));

    cache.write("lenet", "bfloat16, contiguous");

    assertThat(cache.read("lenet")).contains("bfloat16, contiguous");
    assertThat(cache.read("resnet18")).isEmpty();
  }

  @Test
  void a_damaged_file_is_as_none_and_is_replaced() throws IOException {
    ComputationCache cache = new ComputationCache(folder);
    cache.write("lenet", "float32, contiguous");
    try (Stream<Path> files = Files.list(folder)) {
      Files.writeString(files.findFirst().orElseThrow(), "{\"case\": \"len");
    }

    assertThat(cache.read("lenet")).isEmpty();

    cache.write("lenet", "float32, channels last");
    assertThat(cache.read("lenet")).contains("float32, channels last");
  }

  @Test
  void a_file_of_another_case_is_as_none() throws IOException {
    ComputationCache cache = new ComputationCache(folder);
    cache.write("lenet", "float32, contiguous");
    try (Stream<Path> files = Files.list(folder)) {
      Files.writeString(
          files.findFirst().orElseThrow(), "{\"case\": \"mlp\", \"computation\": \"float32\"}");
    }

    assertThat(cache.read("lenet")).isEmpty();
  }

  @Test
  void a_folder_that_cannot_be_made_is_no_error() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    ComputationCache cache = new ComputationCache(file.resolve("below"));

    cache.write("lenet", "float32, contiguous");

    assertThat(cache.read("lenet")).isEmpty();
    assertThat(file).isEmptyFile();
  }

  @Test
  void it_is_where_the_user_keeps_caches() {
    String home = folder.toString();
    Path ofHome = folder.resolve(".cache/smartaug/computation");

    assertThat(ComputationCache.of(Map.of(), home).folder()).isEqualTo(ofHome);
    assertThat(ComputationCache.of(Map.of("XDG_CACHE_HOME", "relative"), home).folder())
        .isEqualTo(ofHome);
    assertThat(
            ComputationCache.of(Map.of("XDG_CACHE_HOME", folder.resolve("x").toString()), home)
                .folder())
        .isEqualTo(folder.resolve("x/smartaug/computation"));
  }
}
