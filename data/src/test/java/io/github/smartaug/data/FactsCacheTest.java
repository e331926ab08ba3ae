package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsCacheTest {
  @TempDir Path folder;
  private Path photos;
  private Path cache;

  @BeforeEach
  void write() {
    photos = folder.resolve("photos");
    cache = folder.resolve("a/cache");
    for (int i = 0; i < 5; i++) {
      TestData.write(photos.resolve("train/a/" + i + ".png"), "png", TestData.grey(4, 4, i));
      TestData.write(
          photos.resolve("train/b/" + i + ".png"), "png", TestData.filled(1, 4, 4, 0xff123456 + i));
    }
  }

  @Test
  void images_that_have_not_changed_are_not_decoded_again() throws IOException {
    DatasetBundle first = load(Resizing.NONE);
    damageUnnoticed(photos.resolve("train/a/1.png"));

    DatasetBundle second = load(Resizing.NONE);

    assertThat(files()).hasSize(1);
    assertThat(second.training().contentHash()).isEqualTo(first.training().contentHash());
    assertThat(second.training().normalization()).isEqualTo(first.training().normalization());
    assertThat(second.shape()).isEqualTo(first.shape());
  }

  @Test
  void an_image_that_has_changed_is_noticed() throws IOException {
    String before = load(Resizing.NONE).training().contentHash();
    Path changed = photos.resolve(load(Resizing.NONE).training().imageName(0));
    FileTime time = Files.getLastModifiedTime(changed);
    TestData.write(changed, "png", TestData.grey(4, 4, 99));
    Files.setLastModifiedTime(changed, FileTime.fromMillis(time.toMillis() + 1));

    assertThat(load(Resizing.NONE).training().contentHash()).isNotEqualTo(before);
    damageUnnoticed(changed);
    load(Resizing.NONE);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(time.toMillis() + 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(Resizing.NONE))
        .withMessageStartingWith(changed + ": cannot be read");
  }

  @Test
  void images_that_are_new_or_gone_are_noticed() throws IOException {
    load(Resizing.NONE);
    TestData.write(photos.resolve("train/a/9.png"), "png", TestData.grey(4, 4, 9));
    Files.delete(photos.resolve("train/b/0.png"));

    DatasetBundle second = load(Resizing.NONE);

    assertThat(second.training().size() + second.test().size()).isEqualTo(10);
    assertThat(second.training().contentHash())
        .isEqualTo(held(Resizing.NONE).training().contentHash());
  }

  @Test
  void each_resizing_has_its_own() throws IOException {
    load(Resizing.NONE);
    load(Resizing.toSquare(3));
    load(Resizing.toSquare(2));
    load(image -> image);

    assertThat(files()).hasSize(3);
    assertThat(load(Resizing.toSquare(3)).training().contentHash())
        .isEqualTo(held(Resizing.toSquare(3)).training().contentHash());
  }

  @Test
  void a_cache_that_is_broken_or_cannot_be_written_costs_time_only() throws IOException {
    String hash = load(Resizing.NONE).training().contentHash();
    byte[] whole = Files.readAllBytes(files().get(0));
    for (byte[] broken :
        List.of(
            new byte[0],
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length + 1),
            "nonsense".getBytes(StandardCharsets.UTF_8))) {
      Files.write(files().get(0), broken);
      assertThat(load(Resizing.NONE).training().contentHash()).isEqualTo(hash);
      assertThat(Files.size(files().get(0))).isEqualTo(whole.length);
    }
    TestData.write(folder.resolve("file"), new byte[0]);
    cache = folder.resolve("file/cache");
    assertThat(load(Resizing.NONE).training().contentHash()).isEqualTo(hash);
  }

  /** Other bytes, as many and of the same time. */
  private static void damageUnnoticed(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, new byte[(int) Files.size(file)]);
    Files.setLastModifiedTime(file, time);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  private DatasetBundle load(Resizing resizing) {
    LoaderOptions options = new LoaderOptions(InMemory.NEVER, 2, 1).cachingIn(cache);
    return Datasets.load(photos.toString(), resizing, BadImages.REFUSE, options);
  }

  private DatasetBundle held(Resizing resizing) {
    LoaderOptions options = new LoaderOptions(InMemory.ALWAYS, 2, 1);
    return Datasets.load(photos.toString(), resizing, BadImages.REFUSE, options);
  }
}
