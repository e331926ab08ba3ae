package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles in the notation of their operations, as in Python's {@code pickletools}. */
class ScriptPickleTest {
  private static final String HOOKS = "ccollections\nOrderedDict\n)R";
  private static final String REBUILD = "ctorch._utils\n_rebuild_tensor_v2\n";
  private static final String HUGE = "\u008a\u0008\0\0\0\0\0\0\0@";
  private static final String NEGATIVE = "J\u00ff\u00ff\u00ff\u00ff";

  @Test
  void storages_and_tensors_are_found_in_all_that_a_module_has() {
    String module =
        "\u0080\u0002c__torch__\nNet\n)\u0081}("
            + (text("weight")
                + tensor(storage("0", 12), number(4), "K\u0002K\u0003", "K\u0003K\u0001"))
            + (text("list") + "ctorch.jit._pickle\nbuild_intlist\n(](K\u0001K\u0002etR")
            + (text("rate") + "G?\u00f0\0\0\0\0\0\0")
            + (text("none") + "N" + text("yes") + "\u0088")
            + (text("empty") + tensor(storage("7", 0), number(0), "K\u0000", "K\u0001"))
            + "ub.";

    PickledTensors tensors = read(module);

    assertThat(tensors.bytes()).containsExactlyInAnyOrderEntriesOf(Map.of("0", 48L, "7", 0L));
    assertThat(tensors.tensorBytes()).isEqualTo(24);
  }

  @Test
  void a_tensor_may_end_where_its_storage_ends() {
    String last = tensor(storage("0", 12), number(6), "K\u0002K\u0003", "K\u0003K\u0001") + ".";

    assertThat(read(last).bytes()).containsEntry("0", 48L);
  }

  @Test
  void a_tensor_whose_elements_are_one_number_in_the_storage_needs_memory_nevertheless() {
    String expanded = tensor(storage("0", 1), number(0), "M\u00ff\u00ffM\u00ff\u00ff", "K\0K\0");

    assertThat(read(expanded + ".").tensorBytes()).isEqualTo(4.0 * 65535 * 65535);
  }

  static Stream<Arguments> wrong() {
    String two = "K\u0002K\u0003";
    String steps = "K\u0003K\u0001";
    String outside = "in a storage of 12 elements";
    return Stream.of(
        arguments(tensor(storage("0", 12), number(7), two, steps), outside),
        arguments(tensor(storage("0", 12), number(0), two, "K\nK\u0001"), outside),
        arguments(tensor(storage("0", 12), HUGE, two, steps), outside),
        arguments(tensor(storage("0", 12), number(0), HUGE + HUGE, steps), outside),
        arguments(tensor(storage("0", 12), number(0), HUGE + HUGE, "K\0K\0"), outside),
        arguments(tensor(storage("0", 12), NEGATIVE, two, steps), outside),
        arguments(tensor(storage("0", 12), number(0), NEGATIVE, "K\u0001"), "sizes that are no"),
        arguments(tensor(storage("0", 12), number(0), two, "K\u0001"), "that it does not take"),
        arguments(
            tensor(storage("0", 12), number(0), "K\u0001".repeat(65), "K\u0001".repeat(65)),
            "that it does not take"),
        arguments("K\u0007K\u0008", "holds 2 values"),
        arguments(
            "(" + storage("0", 12) + storage("0", 13) + "t", "two storages 0 of different sizes"),
        arguments(storage("0", 12).replace("Float", "QUInt8"), "torch.QUInt8Storage"),
        arguments("(" + text("storage") + "tQ", "a storage without type, key and size"),
        arguments("cposix\nsystem\n(" + text("ls") + "tR", "uses posix.system"),
        arguments("K\u0001(tR", "calls what is no function"),
        arguments("c__torch__\nNet\n)\u0081(K\u0001tb", "no dictionary (one with __setstate__)"),
        arguments("ctorch\ndevice\n)\u0081", "makes an object of no class of its code"),
        arguments(
            "ctorch.jit._pickle\nbuild_intlist\n(](" + text("a") + "etR", "that it does not take"),
        arguments("ctorch.jit._pickle\nbuild_intlist\n)R", "that it does not take"),
        arguments(
            "ctorch.jit._pickle\nrestore_type_tag\n(]" + text("List[".repeat(300)) + "tR",
            "that it does not take"),
        arguments("]q\0h\0a", "adds to what is complete"),
        arguments("}(K\u0001u", "a key without value"),
        arguments("N" + "\u0085".repeat(201), "more than 200 deep"),
        arguments("Nr\u00ff\u00ff\u00ff\u007f", "remembers a value as number 2147483647"),
        arguments("Nq\u0001", "remembers a value as number 1"),
        arguments("h\0", "uses value 0, which it did not remember"),
        arguments("(q\0", "remembers a value"),
        arguments("t", "ends a group that does not begin"),
        arguments("\u0087", "takes a value that is not there"),
        arguments("(K\u0001\u0087", "takes a value that is not there"),
        arguments("\u008a\u0002\0\0", "a number of 2 bytes"),
        arguments("X\u00ff\u00ff\u00ff\u00ff", "is cut off"),
        arguments("X\u0009\0\0\0short", "is cut off"),
        arguments("c" + "x".repeat(201), "a name of more than 200 characters"),
        arguments("\u0080\u0004N", "has protocol 4"),
        arguments("i__torch__\nNet\n", "has the operation 0x69, which TorchScript does not write"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_no_torchscript_file_says_is_refused_in_words(String pickle, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(pickle + "."))
        .withMessageContaining(message);
  }

  private static PickledTensors read(String pickle) {
    return ScriptPickle.read(pickle.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String tensor(String storage, String offset, String sizes, String strides) {
    return REBUILD + "(" + storage + offset + "(" + sizes + "t(" + strides + "t\u0089" + HOOKS
        + "tR";
  }

  private static String storage(String key, int elements) {
    String type = "ctorch\nFloatStorage\n";
    return "(" + text("storage") + type + text(key) + text("cpu") + number(elements) + "tQ";
  }

  private static String number(int value) {
    return "K" + (char) value;
  }

  private static String text(String text) {
    byte[] length =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(text.length())
            .array();
    return "X" + new String(length, StandardCharsets.ISO_8859_1) + text;
  }
}
