package io.github.smartaug.data.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedDatasetsTest {
  @TempDir Path folder;

  @Test
  void all_rows_are_read_and_each_has_an_address_of_its_makers() {
    assertThat(PublishedDatasets.names())
        .contains(
            "mnist",
            "fashion-mnist",
            "kmnist",
            "emnist-letters",
            "cifar-10",
            "cifar-100",
            "svhn",
            "tiny-imagenet",
            "pathmnist");
    for (PublishedDataset set : PublishedDatasets.entries()) {
      assertThat(set.home().getScheme()).as(set.name()).matches("https?");
      assertThat(set.contents().images()).as(set.name()).isGreaterThan(700);
      for (PublishedFile file : set.files()) {
        assertThat(file.addresses()).allMatch(address -> address.getPath().contains(file.name()));
      }
    }
  }

  @Test
  void the_bytes_to_download_are_those_of_all_files() {
    assertThat(PublishedDatasets.named("mnist").bytes()).contains(11_594_722L);
    assertThat(PublishedDatasets.named("pathmnist").bytes()).isEmpty();
  }

  @Test
  void a_set_is_there_when_all_its_files_have_their_sizes() throws Exception {
    PublishedDataset cifar = PublishedDatasets.named("cifar-10");
    Path batches = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (int i = 1; i <= 5; i++) {
      Files.createFile(batches.resolve("data_batch_" + i + ".bin"));
    }
    assertThat(cifar.isIn(folder)).isFalse();
    Files.createFile(batches.resolve("test_batch.bin"));
    assertThat(cifar.isIn(folder)).isTrue();
    Files.write(folder.resolve("breastmnist.npz"), new byte[3]);
    assertThat(PublishedDatasets.named("breastmnist").isIn(folder)).isTrue();
    Files.write(folder.resolve("train_32x32.mat"), new byte[3]);
    Files.write(folder.resolve("test_32x32.mat"), new byte[3]);
    assertThat(PublishedDatasets.named("svhn").isIn(folder)).isFalse();
  }

  @Test
  void a_checksum_is_one_of_an_algorithm_that_is_known() {
    assertThat(Checksum.md5("D41D8CD98F00B204E9800998ECF8427E"))
        .hasToString("MD5 d41d8cd98f00b204e9800998ecf8427e");
    assertThatThrownBy(() -> Checksum.sha256("d41d8cd98f00b204e9800998ecf8427e"))
        .hasMessage(
            "SHA-256: \"d41d8cd98f00b204e9800998ecf8427e\", allowed: 64 hexadecimal digits");
    assertThatThrownBy(() -> new Checksum("CRC32", "00"))
        .hasMessage("checksum: \"CRC32\", allowed: SHA-256, MD5");
  }

  @Test
  void the_checksum_of_a_file_is_taken_by_its_own_algorithm() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(Checksum.md5("0".repeat(32)).of(empty))
        .isEqualTo(Checksum.md5("d41d8cd98f00b204e9800998ecf8427e"));
  }
}
