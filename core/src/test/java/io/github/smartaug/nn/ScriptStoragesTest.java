package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptStoragesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void save() {
    file = ScriptedModels.LENET.save(folder.resolve("model.pt"));
  }

  @Test
  void the_storages_of_a_saved_model_have_the_bytes_of_its_tensors() throws IOException {
    Map<String, byte[]> entries = entries();
    Map<String, Long> storages = ScriptStorages.in(entries.get("model/data.pkl"));

    assertThat(storages).hasSize(8);
    storages.forEach(
        (key, bytes) -> assertThat(entries.get("model/data/" + key)).hasSize(bytes.intValue()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void a_storage_that_is_too_short_is_refused_before_libtorch_reads_it(int size)
      throws IOException {
    rewrite("model/data/1", bytes -> Arrays.copyOf(bytes, size));

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(
            file + ": damaged, entry model/data/1 has " + size + " bytes, allowed: at least ");
  }

  @Test
  void a_pickle_that_is_cut_off_is_refused() throws IOException {
    rewrite("model/data.pkl", bytes -> Arrays.copyOf(bytes, bytes.length / 2));

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(file + ": ")
        .withMessageContaining("cut off");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void a_weight_that_is_not_finite_is_refused(float weight) throws IOException {
    rewrite(
        "model/data/0",
        bytes -> {
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, weight);
          return bytes;
        });

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(file + ": tensor \"")
        .withMessageEndingWith("\" holds NaN or infinity, allowed: finite numbers");
  }

  @Test
  void a_file_that_was_only_packed_again_is_read() throws IOException {
    rewrite("model/data/0", bytes -> bytes);
    try (TensorScope scope = TensorScope.open()) {
      assertThat(read().classes()).isEqualTo(10);
    }
  }

  private TorchScriptModel read() {
    Model own = ScriptedModels.LENET.own();
    return TorchScriptModel.read(file, own.input(), own.classes(), Devices.parse("cpu"));
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** With one entry changed; stored as libtorch stores them. */
  private void rewrite(String changed, UnaryOperator<byte[]> change) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(changed, change.apply(entries.get(changed)));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 sum = new CRC32();
        sum.update(content.getValue());
        entry.setSize(content.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
  }
}
