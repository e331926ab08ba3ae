package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarShardsTest {
  @TempDir Path folder;
  private Path first;

  @BeforeEach
  void unpack_archives_of_ustar_pax_and_gnu() {
    Fixtures.unpack("tar.zip", folder);
    first = folder.resolve("a-train-00.tar");
  }

  @Test
  void a_folder_of_archives_is_read_in_the_order_of_their_names() {
    DatasetBundle bundle = load(folder);

    assertThat(DatasetFormats.of(folder).name()).isEqualTo("tar-shards");
    assertThat(bundle.shape()).isEqualTo(new ImageShape(1, 2, 3));
    assertThat(bundle.classNames()).containsExactly("0", "3", "10");
    assertThat(Fixtures.levels(bundle.training())).containsExactly(10, 20, 30, 40, 50);
    assertThat(bundle.training().labels()).containsExactly(1, 0, 0, 1, 2);
    assertThat(Fixtures.levels(bundle.validation().orElseThrow())).containsExactly(60);
    assertThat(bundle.validation().orElseThrow().labels()).containsExactly(2);
    assertThat(Fixtures.levels(bundle.test())).containsExactly(70);
    assertThat(bundle.test().labels()).containsExactly(1);
  }

  @Test
  void braces_stand_for_several_archives() {
    DatasetBundle bundle = load(folder.resolve("a-train-{00..01}.tar"));

    assertThat(bundle.name()).isEqualTo("a-train");
    assertThat(bundle.training().size() + bundle.test().size()).isEqualTo(5);
    assertThat(ShardPattern.of(Path.of("{train,val}-{08..10}")).files())
        .containsExactly(
            Path.of("train-08"),
            Path.of("train-09"),
            Path.of("train-10"),
            Path.of("val-08"),
            Path.of("val-09"),
            Path.of("val-10"));
    Fixtures.assertRefused(
        folder.resolve("a-train-{00..02}.tar"), folder.resolve("a-train-02.tar") + ": is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(folder.resolve("a-train-{05..07}.tar")))
        .withMessageStartingWith("data set: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShardPattern.of(Path.of("{0..999999}{0..999999}")).files())
        .withMessageContaining("stands for too many files, allowed: at most 100000");
  }

  @Test
  void archives_may_have_samples_of_the_same_name_which_then_go_by_position() {
    assertThat(load(folder).training().imageName(0)).endsWith(".png");
    TestData.write(first, tar(image("a.png"), file("a.cls", "3")));
    TestData.write(
        folder.resolve("a-train-01.tar"),
        tar(image("a.png"), file("a.cls", "0"), image("b.png"), file("b.cls", "10")));

    DatasetBundle bundle = load(folder);

    assertThat(bundle.training().labels()).containsExactly(1, 0, 2);
    assertThat(bundle.training().imageName(1)).isEqualTo("training/1");
  }

  @Test
  void an_archive_is_known_by_its_first_header() throws IOException {
    Path renamed = Files.move(first, folder.resolve("photos"));

    assertThat(DatasetFormats.of(renamed).name()).isEqualTo("tar-shards");
  }

  @Test
  void images_that_cannot_be_read_are_refused_by_name_or_left_out() {
    TestData.write(
        first,
        tar(file("a.png", "no image"), file("a.cls", "3"), image("b.png"), file("b.cls", "0")));

    Fixtures.assertRefused(folder, first + ": a.png: cannot be read (unknown format)");
    DatasetBundle bundle = Datasets.load(folder.toString(), Resizing.NONE, BadImages.LEAVE_OUT);
    assertThat(Fixtures.levels(bundle.training())).containsExactly(5, 30, 40, 50);
    assertThat(bundle.unreadable()).containsExactly("a.png");
  }

  @Test
  void samples_that_are_not_whole_are_refused_by_their_keys() {
    refuseSamples("sample a has no image, allowed: one as .jpg", file("a.cls", "1"));
    refuseSamples("sample a has no label, allowed: one as .cls or .json", image("a.png"));
    refuseSamples("sample a has no label in its .cls", image("a.png"), file("a.cls", " \n"));
    refuseSamples("sample a has two files .png", image("a.png"), image("a.png"));
    refuseSamples(
        "sample a is there twice, allowed: each sample once",
        image("a.png"),
        file("a.cls", "1"),
        image("b.png"),
        file("b.cls", "1"),
        image("a.png"));
    refuseSamples(
        "a.json: label: missing, allowed: a text or a whole number",
        image("a.png"),
        file("a.json", "{}"));
  }

  private void refuseSamples(String wrong, byte[]... files) {
    TestData.write(first, tar(files));
    Fixtures.assertRefused(folder, first + ": " + wrong);
  }

  @ParameterizedTest
  @CsvSource({"1,hard link", "2,symbolic link", "3,device", "6,pipe", "S,file with holes"})
  void what_is_neither_file_nor_folder_is_refused(char type, String what) {
    byte[] entry = file("a.png", "");
    entry[156] = (byte) type;
    TestData.write(first, tar(image("0.png"), file("0.cls", "1"), withChecksum(entry)));

    Fixtures.assertRefused(
        folder,
        "%s: at byte 2048: a.png is of type '%s', allowed: regular files".formatted(first, type));
    assertThat(what).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "77777777777 | at byte 0: a.png has 8589934591 bytes, allowed: at most ",
        "9           | at byte 0: has the number \"9\", allowed: octal digits",
        "-1          | at byte 0: has the number \"-1\", allowed: octal digits",
      })
  void sizes_that_cannot_be_are_refused(String size, String wrong) {
    byte[] entry = file("a.png", "");
    Arrays.fill(entry, 124, 136, (byte) 0);
    System.arraycopy(size.getBytes(StandardCharsets.US_ASCII), 0, entry, 124, size.length());
    TestData.write(first, tar(withChecksum(entry)));

    Fixtures.assertRefused(folder, first + ": " + wrong);
  }

  @Test
  void damaged_extended_headers_are_refused() {
    for (String records :
        List.of("9999999 path=x\n", "path=x\n", "5 path=x\n", "0 a=b\n", "99999999999 path=x\n")) {
      byte[] entry = file("pax", records);
      entry[156] = 'x';
      TestData.write(first, tar(withChecksum(entry), image("a.png")));
      Fixtures.assertRefused(folder, first + ": at byte 0: has a damaged extended header");
    }
  }

  @Test
  void archives_that_are_cut_short_anywhere_are_refused() throws IOException {
    byte[] whole = Files.readAllBytes(first);
    // The last two blocks are the end; one of them will do.
    for (int length = 256; length < 6 * 1024; length += 256) {
      TestData.write(first, Arrays.copyOf(whole, length));
      Fixtures.assertRefused(folder, first + ": is cut short, allowed: a whole archive");
    }
    TestData.write(first, whole);
    Path packed = folder.resolve("a-test-00.tgz");
    byte[] gzipped = Files.readAllBytes(packed);
    for (int length : new int[] {1, 9, 20, gzipped.length / 2, gzipped.length - 1}) {
      TestData.write(packed, Arrays.copyOf(gzipped, length));
      Fixtures.assertRefused(folder, packed + ": ");
    }
  }

  @Test
  void a_changed_header_is_refused_and_so_is_changed_packed_content() throws IOException {
    byte[] whole = Files.readAllBytes(first);
    whole[512 + 3] ^= 1;
    TestData.write(first, whole);
    Fixtures.assertRefused(
        folder, first + ": at byte 512: is no header of a file, allowed: one whose");

    Files.delete(first);
    Path packed = folder.resolve("a-test-00.tgz");
    byte[] gzipped = Files.readAllBytes(packed);
    gzipped[gzipped.length - 6] ^= 1;
    TestData.write(packed, gzipped);
    Fixtures.assertRefused(folder, packed + ": cannot be read (");
  }

  private static byte[] image(String name) {
    return entry(name, TestData.encode("png", TestData.grey(3, 2, 5)));
  }

  private static byte[] file(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A header and the content, filled up to whole blocks. */
  private static byte[] entry(String name, byte[] content) {
    byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
    System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, entry, 0, name.length());
    byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, entry, 124, size.length);
    entry[156] = '0';
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, entry, 257, 8);
    System.arraycopy(content, 0, entry, 512, content.length);
    return withChecksum(entry);
  }

  private static byte[] withChecksum(byte[] entry) {
    Arrays.fill(entry, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, entry, 148, 8);
    return entry;
  }

  private static byte[] tar(byte[]... entries) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      archive.writeBytes(entry);
    }
    archive.writeBytes(new byte[1024]);
    return archive.toByteArray();
  }

  private static DatasetBundle load(Path path) {
    return Datasets.load(path.toString());
  }
}
