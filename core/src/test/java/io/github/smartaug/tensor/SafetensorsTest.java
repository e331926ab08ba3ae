package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
  @TempDir private Path folder;
  private Path file;
  private TensorScope scope;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
    file = folder.resolve("model.safetensors");
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static byte[] bytes(String json, byte... data) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  private Safetensors parse(byte[] bytes) throws IOException {
    return Safetensors.read(Files.write(file, bytes));
  }

  private static String headerOf(byte[] bytes) {
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(bytes, 8, (int) length, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Float", "Double", "Half", "BFloat16", "Int", "Long", "Byte", "Char", "Bool"})
  void every_type_comes_back_with_its_values_and_shape(ScalarType type) throws IOException {
    Tensor tensor = Tensors.of(new double[] {0, 1, 2, 100, 0, 127}, 2, 1, 3).to(type);
    Safetensors.write(file, NamedTensors.of("a", tensor), Map.of());

    Tensor back = Safetensors.read(file).tensors().get("a");

    assertThat(back.scalar_type().intern()).isEqualTo(type);
    assertThat(back.shape()).containsExactly(2, 1, 3);
    assertThat(back.equal(tensor)).isTrue();
  }

  @Test
  void names_keep_their_order_and_metadata_comes_back() throws IOException {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("flags", Tensors.of(new float[] {1, 0, 1}, 3).to(ScalarType.Bool));
    map.put("layer1.0.conv1.weight", Tensors.of(new float[] {1, 2, 3, 4}, 2, 2));
    map.put("empty", Tensors.of(new float[0], 0, 5));
    map.put("steps", Tensors.scalar(3, Tensors.indices(new int[1])));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("model", "lenet");
    metadata.put("note", "größer \"quoted\"\n");
    Safetensors.write(file, NamedTensors.of(map), metadata);

    Safetensors back = Safetensors.read(file);

    assertThat(back.tensors().names()).containsExactlyElementsOf(map.keySet());
    map.forEach(
        (name, tensor) -> {
          assertThat(back.tensors().get(name).shape()).isEqualTo(tensor.shape());
          assertThat(back.tensors().get(name).equal(tensor)).isTrue();
        });
    assertThat(back.metadata()).containsExactlyEntriesOf(metadata);
  }

  @Test
  void no_tensors_at_all_come_back_as_none() throws IOException {
    Safetensors.write(file, NamedTensors.empty(), Map.of());

    assertThat(Safetensors.read(file).tensors().isEmpty()).isTrue();
    assertThat(Safetensors.read(file).metadata()).isEmpty();
  }

  @Test
  void the_file_is_laid_out_as_the_format_says() throws IOException {
    Safetensors.write(
        file, NamedTensors.of("w", Tensors.of(new float[] {1, 2}, 1, 2)), Map.of("k", "v"));

    String json =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(padded, NpyTest.littleEndian(1, 2)));
  }

  @Test
  void data_of_every_tensor_are_aligned_to_their_type() throws IOException {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("byte", Tensors.of(new float[] {1}, 1).to(ScalarType.Byte));
    map.put("double", Tensors.of(new double[] {2}, 1));
    map.put("half", Tensors.of(new float[] {3}, 1).to(ScalarType.Half));
    map.put("float", Tensors.of(new float[] {4}, 1));
    Safetensors.write(file, NamedTensors.of(map), Map.of());

    String header = headerOf(Files.readAllBytes(file));

    assertThat(header.length() % 8).isZero();
    assertThat(header)
        .contains("\"F64\",\"shape\":[1],\"data_offsets\":[0,8]")
        .contains("\"F32\",\"shape\":[1],\"data_offsets\":[8,12]")
        .contains("\"F16\",\"shape\":[1],\"data_offsets\":[12,14]")
        .contains("\"U8\",\"shape\":[1],\"data_offsets\":[14,15]");
  }

  @Test
  void data_in_another_order_than_the_header_are_found() throws IOException {
    byte[] bytes =
        bytes(
            "{\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}",
            (byte) 7,
            (byte) 8,
            (byte) 9);

    NamedTensors tensors = parse(bytes).tensors();

    assertThat(tensors.names()).containsExactly("b", "a");
    assertThat(Tensors.toLongs(tensors.get("b"))).containsExactly(8, 9);
    assertThat(Tensors.toLongs(tensors.get("a"))).containsExactly(7);
  }

  @Test
  void half_precision_is_read_as_the_bits_say() throws IOException {
    byte[] bytes =
        bytes(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[2,4]}}",
            (byte) 0x00,
            (byte) 0x3e,
            (byte) 0x40,
            (byte) 0xc0);

    NamedTensors tensors = parse(bytes).tensors();

    assertThat(Tensors.item(tensors.get("h"))).isEqualTo(1.5);
    assertThat(Tensors.item(tensors.get("b"))).isEqualTo(-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"a\":{\"dtype\":\"F8\",\"shape\":[8],\"data_offsets\":[0,8]}}"
            + "| tensor \"a\": dtype: \"F8\", allowed: F64, I64, F32",
        "{\"a\":{\"shape\":[8],\"data_offsets\":[0,8]}} | tensor \"a\": dtype: missing, allowed: F64",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[-8],\"data_offsets\":[0,8]}}"
            + "| tensor \"a\": shape: [-8], allowed: an array of whole numbers, at least 0",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2.5],\"data_offsets\":[0,8]}} | shape: [2.5], allowed",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}"
            + "| shape: [99999999999999999999], allowed",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":8,\"data_offsets\":[0,8]}} | shape: 8, allowed",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8]}} | data_offsets: missing, allowed",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0]}} | data_offsets: [0], allowed: two numbers",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[7],\"data_offsets\":[0,8]}}"
            + "| tensor \"a\": shape [7] of U8 needs 7 bytes, data_offsets [0, 8] are 8",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[8,0]}} | are -8",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}"
            + "| impossible shape",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[7],\"data_offsets\":[1,8]}}"
            + "| tensor \"a\" begins at byte 1 of the data, leaving a gap, allowed: 0",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[3,8]}}"
            + "| tensor \"b\" begins at byte 3 of the data, overlapping another, allowed: 5",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]}}"
            + "| truncated, has 8 bytes of data, the header describes 9",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[7],\"data_offsets\":[0,7]}}"
            + "| bytes after the last tensor, has 8 bytes of data, the header describes 7",
        "{\"__metadata__\":{\"a\":1}} | __metadata__: a: 1, allowed: a text",
        "{\"__metadata__\":[]} | __metadata__: [], allowed: an object",
        "{\"a\":1,\"a\":2} | header: not JSON, line 1: Duplicate field",
        "{\"a\": | header: not JSON, line 1: Unexpected",
        "[1, 2, 3] | not a .safetensors file (its header is not a JSON object)",
        "{} {} | header: more than one JSON value, allowed: one value",
        "{\"a\":1} | tensor \"a\": 1, allowed: an object",
      })
  void an_inconsistent_header_is_refused_with_the_reason(String json, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(bytes(json, new byte[8])))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  static Stream<Arguments> hostileHeaders() {
    String long64 = "1,".repeat(64) + "1";
    return Stream.of(
        Arguments.of("{\"a\":".repeat(100_000), "header: not JSON: Document nesting depth"),
        Arguments.of(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + "9".repeat(10_000) + "]}}",
            "header: not JSON: Number value length"),
        Arguments.of(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + long64 + "],\"data_offsets\":[0,1]}}",
            "tensor \"a\": 65 dimensions, allowed: at most 64"),
        Arguments.of(
            "{\""
                + "n".repeat(40_000)
                + "\":{\"dtype\":\"U8\",\"shape\":\""
                + "s".repeat(40_000)
                + "\"}}",
            "shape: \"sss"),
        Arguments.of("{\"__metadata__\":{\"a\":[" + "1,".repeat(40_000) + "1]}}", "a: [1,1,"),
        Arguments.of("{\"" + "n".repeat(60_000) + "\":1}", "header: not JSON: Name length"));
  }

  @ParameterizedTest
  @MethodSource("hostileHeaders")
  void a_header_made_to_break_its_reader_is_one_short_line(String json, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(bytes(json)))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(reason)
        .satisfies(
            e -> {
              assertThat(e.getMessage().lines()).hasSize(1);
              assertThat(e.getMessage()).hasSizeLessThan(600);
            });
  }

  @Test
  void a_header_that_is_no_text_is_refused() {
    byte[] bytes = bytes("{\"a\":1}");
    bytes[10] = (byte) 0xff;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(bytes))
        .withMessage(file + ": header: not a text in UTF-8");
  }

  @Test
  void every_truncation_is_noticed() throws IOException {
    Safetensors.write(file, NamedTensors.of("w", Tensors.of(new float[] {1}, 1)), Map.of());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parse(part))
          .withMessageContaining("truncated");
    }
    assertThat(parse(whole).tensors().size()).isEqualTo(1);
  }

  @Test
  void a_header_of_absurd_length_is_refused() {
    byte[] bytes = bytes("{}");
    bytes[7] = (byte) 0xff;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(bytes))
        .withMessageContaining("not a .safetensors file (header of 18374686479671623682 bytes");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage(file + ": no such file");
  }

  @Test
  void what_has_no_place_in_the_format_is_not_written() {
    Tensor complex = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.ComplexFloat));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.write(file, NamedTensors.of("z", complex), Map.of()))
        .withMessageContaining("tensor \"z\": type ComplexFloat cannot be written, allowed: F64");
    Tensor plain = Tensors.of(new float[1], 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.write(file, NamedTensors.of("__metadata__", plain), Map.of()))
        .withMessageContaining("reserved");
    assertThat(file).doesNotExist();
  }
}
