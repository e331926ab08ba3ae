package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptArchiveTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void save() {
    file = ScriptedModels.LENET.save(folder.resolve("model.pt"));
  }

  @Test
  void the_storages_of_a_saved_model_have_the_bytes_of_its_tensors() throws IOException {
    Map<String, byte[]> entries = ScriptEntries.of(file);
    Map<String, Long> storages = ScriptPickle.read(entries.get("model/data.pkl")).bytes();

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

  @Test
  void a_storage_that_is_not_there_is_refused() throws IOException {
    replaceInFile("model/data/1", "model/data/x");

    assertRefused("damaged, entry model/data/1 has 0 bytes, allowed: at least ");
  }

  @Test
  void a_bit_that_is_not_as_it_was_written_is_refused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] weights = Arrays.copyOf(ScriptEntries.of(file).get("model/data/0"), 16);
    bytes[text(bytes).indexOf(text(weights)) + 9] ^= 1;
    Files.write(file, bytes);

    assertRefused("damaged, entry model/data/0 has another checksum than when it was written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model/data/1", "model/DATA/1"})
  void an_entry_that_is_there_twice_is_refused(String second) throws IOException {
    rewrite("model/data/x", none -> new byte[4]);
    replaceInFile("model/data/x", second);

    assertRefused("damaged, entry " + second + " is there twice");
  }

  @Test
  void what_libtorch_could_take_for_another_file_is_refused() throws IOException {
    byte[] archive = Files.readAllBytes(file);
    Files.writeString(file, "in front");
    Files.write(file, archive, StandardOpenOption.APPEND);
    assertRefused("not a TorchScript file");

    archive[archive.length - 2] = 3;
    Files.write(file, archive);
    Files.writeString(file, "end", StandardOpenOption.APPEND);
    assertRefused("damaged, its archive has a comment");
  }

  @Test
  void objects_in_the_place_of_others_are_refused() throws IOException {
    Path other = ScriptedModels.NORMALIZED.save(folder.resolve("other.pt"));
    String code = "other/code/__torch__.py";
    byte[] text = ScriptEntries.of(other).get(code);
    String changed =
        new String(text, StandardCharsets.UTF_8)
            .replace("classifier : __torch__.Linear", "classifier : __torch__.ReLU")
            .replace("(classifier).forward(", "(self.features).forward(");
    file = other;
    rewrite(code, bytes -> changed.getBytes(StandardCharsets.UTF_8));

    assertRefused(
        "attribute \"classifier\" is a Object, allowed: __torch__.ReLU as in the code of the file");
  }

  @Test
  void mutated_copies_never_end_the_process() throws Exception {
    Path model = ScriptedModels.NORMALIZED.save(folder.resolve("mutated.pt"));
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("error.log"),
                "-cp",
                System.getProperty("java.class.path"),
                MutatedScripts.class.getName(),
                model.toString(),
                "400")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("in time").isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
      assertThat(Files.readString(said)).containsPattern("\\n[1-9][0-9]* accepted\\n$");
    } finally {
      process.destroyForcibly();
    }
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

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void assertRefused(String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(file + ": " + problem);
  }

  /** Writes other characters over a text, wherever it stands, names of entries included. */
  private void replaceInFile(String text, String other) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, content.replace(text, other), StandardCharsets.ISO_8859_1);
  }

  /** With one entry changed. */
  private void rewrite(String changed, UnaryOperator<byte[]> change) throws IOException {
    Map<String, byte[]> entries = ScriptEntries.of(file);
    ScriptEntries.write(file, entries, changed, change.apply(entries.get(changed)));
  }
}
