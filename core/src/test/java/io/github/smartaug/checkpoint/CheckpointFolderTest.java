package io.github.smartaug.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.tensor.Layout;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointFolderTest {
  @TempDir private Path parent;
  private Path folder;
  private TensorScope scope;

  @BeforeEach
  void open() {
    folder = parent.resolve("checkpoint");
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Recognised by its epoch. */
  private static Checkpoint checkpoint(int epoch) {
    StateWriter writer = new StateWriter();
    writer.tensors(
        "parameters", NamedTensors.of("weight", Tensors.of(new float[] {epoch, 0.1f}, 2)));
    writer.value(Checkpoint.PROGRESS, Map.of("epoch", epoch, "steps", 0), Map.class);
    return writer.checkpoint();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Checkpoint last() {
    return new CheckpointFolder(folder).readLast().orElseThrow();
  }

  @Test
  void without_checkpoints_there_is_none_to_read() {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    assertThat(checkpoints.isEmpty()).isTrue();
    assertThat(checkpoints.readLast()).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void what_was_written_is_read_to_the_bit() {
    new CheckpointFolder(folder).write(checkpoint(3));
    assertThat(last().epoch()).isEqualTo(3);
    assertThat(Tensors.toFloats(last().tensors().get("parameters/weight")))
        .containsExactly(3, 0.1f);
  }

  @Test
  void the_last_two_are_kept() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    for (int epoch = 1; epoch <= 4; epoch++) {
      checkpoints.write(checkpoint(epoch));
    }
    assertThat(names()).containsExactly("epoch-0003-step-00000", "epoch-0004-step-00000");
  }

  @Test
  void a_damaged_last_one_is_passed_over_and_gone_after_the_next() throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(5));
    Files.writeString(folder.resolve("epoch-0005-step-00000/state.json"), "{");
    CheckpointFolder reopened = new CheckpointFolder(folder);
    assertThat(reopened.readLast().orElseThrow().epoch()).isEqualTo(1);
    reopened.write(checkpoint(2));
    assertThat(names()).containsExactly("epoch-0001-step-00000", "epoch-0002-step-00000");
  }

  @Test
  void a_changed_number_is_damage() throws IOException {
    new CheckpointFolder(folder).write(checkpoint(1));
    Path state = folder.resolve("epoch-0001-step-00000/state.json");
    Files.writeString(state, Files.readString(state).replace("\"steps\" : 0", "\"steps\" : 1"));
    assertThatIllegalArgumentException()
        .isThrownBy(this::last)
        .withMessage(state + ": damaged checkpoint (its hash is not that of its content)");
  }

  static Stream<Arguments> hostileStates() {
    return Stream.of(
        Arguments.of(
            "{",
            "its text: not JSON, line 1: Unexpected end-of-input: expected close marker for Object)"),
        Arguments.of("[".repeat(100_000), "its text: not JSON: Document nesting depth"),
        Arguments.of("{\"version\": " + "9".repeat(10_000) + "}", "its text: not JSON: Number"),
        Arguments.of("{} {}", "its text: more than one JSON value"),
        Arguments.of("{\"a\": 1, \"a\": 1}", "its text: not JSON, line 1: Duplicate field 'a'"),
        Arguments.of("", "no format"));
  }

  @ParameterizedTest
  @MethodSource("hostileStates")
  void a_state_that_is_not_json_is_damage(String text, String reason) throws IOException {
    new CheckpointFolder(folder).write(checkpoint(1));
    Path state = Files.writeString(folder.resolve("epoch-0001-step-00000/state.json"), text);
    assertThatIllegalArgumentException()
        .isThrownBy(this::last)
        .withMessageStartingWith(state + ": damaged checkpoint (" + reason)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void a_state_that_is_no_text_is_damage() throws IOException {
    new CheckpointFolder(folder).write(checkpoint(1));
    Path state = folder.resolve("epoch-0001-step-00000/state.json");
    Files.write(state, new byte[] {'{', '"', (byte) 0xff, '"'});
    assertThatIllegalArgumentException()
        .isThrownBy(this::last)
        .withMessage(state + ": damaged checkpoint (its text: not a text in UTF-8)");
  }

  @Test
  void a_missing_file_is_damage() throws IOException {
    new CheckpointFolder(folder).write(checkpoint(1));
    Files.delete(folder.resolve("epoch-0001-step-00000/tensors.safetensors"));
    assertThatIllegalArgumentException()
        .isThrownBy(this::last)
        .withMessageContaining("damaged checkpoint");
  }

  @Test
  void the_format_of_an_older_version_is_refused_although_there_is_one_before_it()
      throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));
    Path state = folder.resolve("epoch-0002-step-00000/state.json");
    Files.writeString(state, Files.readString(state).replace("\"version\" : 3", "\"version\" : 1"));
    assertThatIllegalArgumentException()
        .isThrownBy(this::last)
        .withMessage(
            state
                + ": version: 1, allowed: 3 (the checkpoint was written by an older SmartAug, which"
                + " alone can go on with it: the one that config.json of the run names)");
  }

  @Test
  void what_an_interrupted_write_left_behind_is_no_checkpoint_and_is_removed() throws IOException {
    Files.createDirectories(folder.resolve(".partial-epoch-0009-step-00000"));
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    assertThat(checkpoints.isEmpty()).isTrue();
    checkpoints.write(checkpoint(1));
    assertThat(names()).containsExactly("epoch-0001-step-00000");
  }

  @Test
  void other_files_in_the_folder_stay() throws IOException {
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("notes.txt"));
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.write(checkpoint(1));
    checkpoints.clear();
    assertThat(names()).containsExactly("notes.txt");
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws IOException {
    Files.createFile(folder);
    assertThatThrownBy(() -> new CheckpointFolder(folder).write(checkpoint(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(
            folder.resolve("epoch-0001-step-00000") + ": the checkpoint cannot be written: ");
  }

  @Test
  void tensors_come_back_as_they_lay_in_memory() {
    Tensor transposed = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t();
    StateWriter writer = new StateWriter();
    writer.tensors("parameters", NamedTensors.of("weight", transposed));
    writer.value(Checkpoint.PROGRESS, Map.of("epoch", 1, "steps", 0), Map.class);
    new CheckpointFolder(folder).write(writer.checkpoint());

    Checkpoint read = last();
    ObjectNode values = read.values();
    Tensor restored =
        new StateReader(read.tensors(), values)
            .tensors("parameters", NamedTensors.of("weight", transposed))
            .get("weight");
    assertThat(Layout.strides(restored)).containsExactly(1, 3);
    assertThat(Tensors.toFloats(restored)).containsExactly(1, 4, 2, 5, 3, 6);
  }
}
