package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir private Path folder;
  private TensorScope scope;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  /** A file as NumPy lays it out: magic, version, length field, header text, data. */
  static byte[] npy(int version, String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer file =
        ByteBuffer.allocate(8 + lengthBytes + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    return file.put(text).put(data).array();
  }

  static byte[] littleEndian(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static Tensor parse(byte[] bytes) throws IOException {
    return Npy.read(new ByteArrayInputStream(bytes), "test.npy");
  }

  private static byte[] header(Tensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, tensor);
    byte[] bytes = out.toByteArray();
    return Arrays.copyOf(bytes, bytes.length - (int) tensor.nbytes());
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Float", "Double", "Int", "Long", "Byte", "Char", "Bool"})
  void every_type_comes_back_with_its_values_and_shape(ScalarType type) throws IOException {
    Tensor tensor = Tensors.of(new double[] {0, 1, 2, 100, 0, 127}, 2, 1, 3).to(type);
    Path file = folder.resolve("a.npy");
    Npy.write(file, tensor);

    Tensor back = Npy.read(file);

    assertThat(back.scalar_type().intern()).isEqualTo(type);
    assertThat(back.shape()).containsExactly(2, 1, 3);
    assertThat(back.equal(tensor)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void all_header_versions_are_read(int version) throws IOException {
    byte[] bytes =
        npy(
            version,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }   \n",
            littleEndian(1, -2, 3.5f, 4));

    Tensor tensor = parse(bytes);

    assertThat(tensor.shape()).containsExactly(2, 2);
    assertThat(Tensors.toFloats(tensor)).containsExactly(1, -2, 3.5f, 4);
  }

  @Test
  void keys_of_the_header_may_come_in_any_order_and_with_double_quotes() throws IOException {
    byte[] bytes =
        npy(
            1,
            "{\"shape\":(3,),\"fortran_order\":False,\"descr\":\"|u1\"}",
            (byte) 7,
            (byte) 200,
            (byte) 255);

    assertThat(Tensors.toLongs(parse(bytes))).containsExactly(7, 200, 255);
  }

  @Test
  void sizes_with_the_long_suffix_of_python_2_are_read() throws IOException {
    byte[] bytes =
        npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 2L), }", littleEndian(1, 2));

    assertThat(parse(bytes).shape()).containsExactly(1, 2);
  }

  @Test
  void scalars_and_empty_arrays_come_back() throws IOException {
    Path scalar = folder.resolve("scalar.npy");
    Npy.write(scalar, Tensors.scalar(2.5, Tensors.of(new float[1], 1)));
    Path empty = folder.resolve("empty.npy");
    Npy.write(empty, Tensors.of(new float[0], 0, 4));

    assertThat(Npy.read(scalar).shape()).isEmpty();
    assertThat(Tensors.item(Npy.read(scalar))).isEqualTo(2.5);
    assertThat(Npy.read(empty).shape()).containsExactly(0, 4);
  }

  @Test
  void a_transposed_tensor_is_written_in_c_order() throws IOException {
    Path file = folder.resolve("t.npy");
    Npy.write(file, Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t());

    Tensor back = Npy.read(file);

    assertThat(back.shape()).containsExactly(3, 2);
    assertThat(Tensors.toFloats(back)).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void a_tensor_with_a_history_is_written_by_value() throws IOException {
    Tensor leaf = Tensors.of(new float[] {3}, 1).requires_grad_(true);
    Path file = folder.resolve("g.npy");
    Npy.write(file, leaf.mul(leaf));

    assertThat(Tensors.toFloats(Npy.read(file))).containsExactly(9);
    assertThat(Npy.read(file).requires_grad()).isFalse();
  }

  @Test
  void more_data_than_one_piece_comes_back() throws IOException {
    Tensor large = torch.arange(new Scalar(1_000_003));
    Path file = folder.resolve("large.npy");
    Npy.write(file, large);

    assertThat(Npy.read(file).equal(large)).isTrue();
  }

  @Test
  void any_byte_but_zero_is_a_true_bool() throws IOException {
    byte[] bytes =
        npy(
            1,
            "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }",
            (byte) 0,
            (byte) 1,
            (byte) 255);

    assertThat(Tensors.toLongs(parse(bytes).logical_not())).containsExactly(1, 0, 0);
  }

  @Test
  void the_written_header_is_numpys_own() throws IOException {
    byte[] header = header(Tensors.of(new float[6], 2, 3));

    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    byte[] expected = npy(1, text + " ".repeat(117 - text.length()) + "\n");
    assertThat(header).hasSize(128).isEqualTo(expected);
  }

  @Test
  void the_written_header_is_aligned_whatever_the_shape() throws IOException {
    for (long[] shape : new long[][] {{}, {1}, {12, 34}, new long[24]}) {
      byte[] header = header(torch.zeros(shape, new TensorOptions(ScalarType.Float)));
      assertThat(header.length % 64).isZero();
      assertThat(header[header.length - 1]).isEqualTo((byte) '\n');
    }
  }

  @Test
  void a_one_dimensional_shape_is_written_as_a_python_tuple() throws IOException {
    assertThat(new String(header(Tensors.indices(new int[3])), StandardCharsets.ISO_8859_1))
        .contains("'shape': (3,), }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), } | dtype >f4, allowed: <f8, <i8",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), } | dtype <c8, allowed: <f8, <i8",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1,1), } | Fortran order, allowed: C",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), } | unreadable .npy header",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), } | unreadable",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } | truncated, has 4 of 8 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,9999999999), } | impossible",
      })
  void what_is_not_read_is_refused_with_the_reason(String header, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(npy(1, header, littleEndian(1))))
        .withMessageStartingWith("test.npy: ")
        .withMessageContaining(reason);
  }

  @Test
  void a_shape_larger_than_the_file_is_refused_before_memory_is_allocated() throws IOException {
    Path file = folder.resolve("huge.npy");
    Files.write(
        file, npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.read(file))
        .withMessageStartingWith(file.toString())
        .withMessageContaining("truncated, shape [1000000, 1000000] needs 8000000000000 bytes");
  }

  @Test
  void every_truncation_is_noticed() throws IOException {
    byte[] whole =
        npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", littleEndian(1, 2));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> parse(part));
    }
    assertThat(Tensors.toFloats(parse(whole))).containsExactly(1, 2);
  }

  @Test
  void foreign_files_and_versions_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("P6 3 3 255 ...".getBytes(StandardCharsets.US_ASCII)))
        .withMessage("test.npy: not a .npy file (does not begin with \\x93NUMPY)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(npy(4, "{}")))
        .withMessage("test.npy: .npy version 4.0, allowed: 1.0 to 3.0");
  }

  @Test
  void a_header_of_absurd_length_is_refused() {
    byte[] bytes = npy(2, "{}");
    bytes[11] = 0x7f;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(bytes))
        .withMessageContaining(".npy header of 2130706434 bytes, allowed: at most");
  }

  @Test
  void a_missing_file_and_a_folder_are_named() {
    Path missing = folder.resolve("missing.npy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.read(missing))
        .withMessage(missing + ": no such file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.read(folder))
        .withMessage(folder + ": not a regular file");
  }

  @Test
  void a_type_without_place_in_the_format_is_not_written() {
    Path file = folder.resolve("half.npy");
    Tensor half = Tensors.of(new float[] {1}, 1).to(ScalarType.Half);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.write(file, half))
        .withMessageContaining("half.npy: a tensor of Half cannot be written, allowed: <f8");
    assertThat(file).doesNotExist();
  }

  @Test
  void a_file_that_must_hold_float32_is_refused_if_it_holds_anything_else() throws IOException {
    Path file = folder.resolve("images.npy");
    Npy.write(file, Tensors.of(new float[] {0.5f}, 1));
    assertThat(Tensors.toFloats(Npy.readFloat32(file))).containsExactly(0.5f);

    Npy.write(file, Tensors.of(new double[] {0.5}, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npy.readFloat32(file))
        .withMessage(file + ": dtype <f8, allowed: <f4 (float32)");
  }
}
