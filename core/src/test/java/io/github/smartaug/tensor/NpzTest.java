package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
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

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private static byte[] text(String shape, int width, String... values) {
    StringBuilder data = new StringBuilder();
    for (String value : values) {
      int length = value.codePointCount(0, value.length());
      data.append(value).append("\0".repeat(width - length));
    }
    return NpyTest.npy(
        1,
        "{'descr': '<U" + width + "', 'fortran_order': False, 'shape': " + shape + ", }",
        data.toString().getBytes(Charset.forName("UTF-32LE")));
  }

  /** Numbers, text and an array of objects, as an experiment might save them. */
  private static byte[] mixed() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "mag.npy",
        NpyTest.npy(
            1,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
            NpyTest.littleEndian(0.5f, 1)));
    entries.put("names.npy", text("(3,)", 6, "Rotate", "Größe", "\uD83D\uDE00"));
    entries.put(
        "objects.npy", NpyTest.npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"));
    return zip(entries);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npz"), bytes);
  }

  @Test
  void tensors_come_back_under_their_names_in_order() throws IOException {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("layer1.0.weight", Tensors.of(new float[] {1, 2, 3, 4}, 2, 2));
    map.put("a/b", Tensors.of(new double[] {5}, 1));
    map.put("labels", Tensors.indices(new int[] {6, 7}));
    Path file = folder.resolve("w.npz");
    Npz.write(file, NamedTensors.of(map));

    try (Npz npz = Npz.open(file)) {
      assertThat(npz.keys()).containsExactly("layer1.0.weight", "a/b", "labels");
      NamedTensors back = npz.tensors();
      assertThat(back.names()).containsExactlyElementsOf(map.keySet());
      map.forEach((name, tensor) -> assertThat(back.get(name).equal(tensor)).isTrue());
    }
  }

  @Test
  void the_same_tensors_give_the_same_bytes() throws IOException {
    NamedTensors tensors = NamedTensors.of("a", Tensors.of(new float[100], 100));
    Path first = folder.resolve("1.npz");
    Path second = folder.resolve("2.npz");
    Npz.write(first, tensors);
    Npz.write(second, tensors);

    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void text_is_read_beside_numbers() throws IOException {
    try (Npz npz = Npz.open(write(mixed()))) {
      assertThat(npz.strings("names")).containsExactly("Rotate", "Größe", "\uD83D\uDE00");
      assertThat(npz.dtype("names")).isEqualTo("<U6");
      assertThat(Tensors.toFloats(npz.tensor("mag"))).containsExactly(0.5f, 1);
    }
  }

  @Test
  void text_of_several_dimensions_is_flattened_and_of_none_is_one_string() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("table.npy", text("(2, 2)", 1, "a", "b", "c", ""));
    entries.put("one.npy", text("()", 3, "xyz"));

    try (Npz npz = Npz.read(new ByteArrayInputStream(zip(entries)))) {
      assertThat(npz.strings("table")).containsExactly("a", "b", "c", "");
      assertThat(npz.strings("one")).containsExactly("xyz");
    }
  }

  @Test
  void arrays_that_are_not_read_are_listed_and_do_no_harm() throws IOException {
    try (Npz npz = Npz.open(write(mixed()))) {
      assertThat(npz.keys()).containsExactly("mag", "names", "objects");
      assertThat(npz.tensors().names()).containsExactly("mag");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> npz.tensor("objects"))
          .withMessageContaining("a.npz: array \"objects\": dtype |O, allowed: <f8");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> npz.strings("mag"))
          .withMessageContaining("a.npz: array \"mag\": dtype <f4, allowed: text (<U)");
    }
  }

  @Test
  void a_stream_is_read_like_a_file() throws IOException {
    Npz npz = Npz.read(new ByteArrayInputStream(mixed()), "resource");

    assertThat(Tensors.toFloats(npz.tensor("mag"))).containsExactly(0.5f, 1);
    assertThat(npz.strings("names")).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> npz.tensor("mug"))
        .withMessage("resource: no array \"mug\", allowed: mag, names, objects");
  }

  @Test
  void a_file_that_is_no_archive_of_arrays_is_refused() throws IOException {
    byte[] foreign = "not a zip".getBytes(StandardCharsets.US_ASCII);
    byte[] zipOfText = zip(Map.of("readme.txt", foreign));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.open(write(foreign)))
        .withMessageContaining("a.npz: not a .npz file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.open(write(zipOfText)))
        .withMessageContaining("a.npz: not a .npz file (a zip file without .npy)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(new ByteArrayInputStream(foreign), "s"))
        .withMessage("s: not a .npz file (not a zip file)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.open(folder.resolve("none.npz")))
        .withMessageEndingWith("none.npz: no such file");
  }

  @Test
  void a_truncated_archive_is_refused() throws IOException {
    byte[] half = Arrays.copyOf(mixed(), 60);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.open(write(half)))
        .withMessageContaining("a.npz: not a .npz file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(new ByteArrayInputStream(half), "s"))
        .withMessageContaining("s: not a .npz file, or truncated");
  }

  @Test
  void damaged_data_of_an_array_names_the_array() throws IOException {
    byte[] bytes = mixed();
    int firstByteOfCompressedData = 30 + "mag.npy".length();
    Arrays.fill(bytes, firstByteOfCompressedData, firstByteOfCompressedData + 20, (byte) 0xff);

    try (Npz npz = Npz.open(write(bytes))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> npz.tensor("mag"))
          .withMessageContaining("a.npz: array \"mag\" is damaged");
    }
  }
}
