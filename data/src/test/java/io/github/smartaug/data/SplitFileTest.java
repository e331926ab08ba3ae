package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.input.CsvRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitFileTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final DatasetBundle NUMBERED =
      DatasetBundle.of(
          "small",
          "made by a test",
          TestData.dataset(SHAPE, TestData.labels(20, 15, 10)),
          TestData.dataset(SHAPE, TestData.labels(4, 4, 4)));

  @TempDir Path folder;

  private Path written(DatasetBundle bundle) {
    Path file = folder.resolve("split.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      SplitFile.write(bundle, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private Path text(String... lines) throws IOException {
    return Files.writeString(folder.resolve("mine.csv"), String.join("\n", lines) + "\n");
  }

  private static List<String> names(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(images::imageName).toList();
  }

  private static void assertSame(DatasetBundle found, DatasetBundle expected) {
    assertSame(found.training(), expected.training());
    assertSame(found.validation().orElseThrow(), expected.validation().orElseThrow());
    assertSame(found.test(), expected.test());
  }

  private static void assertSame(ImageDataset found, ImageDataset expected) {
    assertThat(names(found)).isEqualTo(names(expected));
    assertThat(found.contentHash()).isEqualTo(expected.contentHash());
  }

  @Test
  void a_file_names_every_image_its_class_and_its_part() throws IOException {
    DatasetBundle few = NUMBERED.limitTraining(5, 3).limitTest(3).ensureValidation(2, 3);

    List<String> lines = Files.readAllLines(written(few));

    assertThat(lines).hasSize(9).first().isEqualTo("image,class,part");
    assertThat(lines.subList(1, 9))
        .allMatch(line -> line.matches("(training|test)/\\d+,[012],(training|validation|test)"));
    assertThat(lines.subList(1, 4)).allMatch(line -> line.matches("training/.*,training"));
    assertThat(lines.subList(4, 6)).allMatch(line -> line.matches("training/.*,validation"));
    assertThat(lines.subList(6, 9)).allMatch(line -> line.matches("test/.*,test"));
    ImageDataset test = few.test();
    int source = Integer.parseInt(test.imageName(1).substring("test/".length()));
    assertThat(test.pixels(1)).isEqualTo(NUMBERED.test().pixels(source));
  }

  @Test
  void a_file_that_was_written_gives_the_same_sets_whatever_the_order_of_its_lines()
      throws IOException {
    DatasetBundle own = NUMBERED.withValidation(TestData.dataset(SHAPE, 0, 1, 2));
    for (DatasetBundle bundle :
        List.of(
            NUMBERED.limitTraining(30, 3).limitTest(6).ensureValidation(0.3, 4),
            NUMBERED.fold(2, 3).ensureValidation(0.3, 4),
            own.limitTraining(10, 3))) {
      DatasetBundle all = bundle.validation().orElseThrow().size() == 3 ? own : NUMBERED;
      Path file = written(bundle);
      assertSame(SplitFile.select(file, all), bundle);

      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      Collections.shuffle(lines.subList(1, lines.size()), new Random(1));
      assertSame(SplitFile.select(text(lines.toArray(String[]::new)), all), bundle);
    }
  }

  @Test
  void images_of_a_folder_go_by_the_paths_of_their_files() throws IOException {
    Path images = folder.resolve("images");
    for (int i = 0; i < 20; i++) {
      String kind = i % 2 == 0 ? "a cat" : "dog, \"wet\"";
      TestData.write(
          images.resolve(kind).resolve("é" + i + ".png"), "png", TestData.grey(3, 3, 10 * i));
    }
    DatasetBundle all = Datasets.load(images.toString());
    DatasetBundle fold = all.fold(1, 4).ensureValidation(4, 1);
    Path file = written(fold);

    assertThat(fold.training().size() + fold.test().size()).isEqualTo(16);
    assertThat(Files.readString(file))
        .containsPattern("\na cat/é\\d+\\.png,a cat,training\n")
        .containsPattern("\n\"dog, \"\"wet\"\"/é\\d+\\.png\",\"dog, \"\"wet\"\"\",validation\n");
    assertSame(SplitFile.select(file, all), fold);

    // A further file moves the numbers of others, not their names.
    TestData.write(images.resolve("a cat/a new one.png"), "png", TestData.grey(3, 3, 255));
    assertSame(SplitFile.select(file, Datasets.load(images.toString())), fold);
  }

  @Test
  void any_image_can_be_for_anything_and_test_images_need_not_be_named() throws IOException {
    Path file =
        text(
            "image,class,part",
            "test/0,0,training",
            "training/0,0,training",
            "",
            "test/5,1,validation");

    DatasetBundle found = SplitFile.select(file, NUMBERED);

    assertThat(names(found.training())).containsExactly("training/0", "test/0");
    assertThat(names(found.validation().orElseThrow())).containsExactly("test/5");
    assertThat(names(found.test())).hasSize(10).doesNotContain("test/0", "test/5");
  }

  @Test
  void a_file_may_come_from_a_spreadsheet() throws IOException {
    Path file = folder.resolve("mine.csv");
    Files.writeString(
        file,
        "\uFEFFimage,class,part\r\n\"training/0\",\"0\",training\r\ntraining/1,0,validation\r\n");

    assertThat(names(SplitFile.select(file, NUMBERED).training())).containsExactly("training/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "training/1,0,validation;training/45,0,training| line 4: image training/45: not in small,"
            + " allowed: its images, such as training/0",
        "training/1,1,validation| line 3: image training/1: class 1, allowed: 0 as in small",
        "training/1,0,train| line 3: part of the image training/1: \"train\", allowed: training,"
            + " validation, test",
        "training/0,0,validation| line 3: image training/0: is in line 2 already, allowed: each"
            + " image once",
        "training/1,0| line 3: 2 fields, allowed: image,class,part",
        "\"training/1,0,training| line 3 has a quote that is never closed, allowed:"
            + " one after the field",
        "\"training/1\"x,0,training| line 3 has text after a quote, allowed: a comma"
            + " or the end of the line",
        "training/1,0,training|: no image of the part validation, allowed: at least one",
      })
  void what_does_not_fit_is_refused_by_line_and_image(String lines, String message)
      throws IOException {
    Path file = text(("image,class,part;training/0,0,training;" + lines).split(";"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitFile.select(file, NUMBERED))
        .withMessage(file + (message.startsWith(":") ? "" : ", ") + message);
  }

  @Test
  void files_that_are_not_of_this_kind_are_refused() throws IOException {
    assertRefused(folder.resolve("none.csv"), ": no such file");
    assertRefused(text(""), ": empty, allowed: a line image,class,part and one per image");
    assertRefused(
        text("a,b", "c"), ", line 1: \"a,b\", allowed: image,class,part in the first line");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'i', (byte) 0xC3, 0x28});
    assertRefused(binary, ": not a text in UTF-8");
  }

  private static void assertRefused(Path file, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitFile.select(file, NUMBERED))
        .withMessage(file + message);
  }

  @Test
  void names_that_two_images_have_cannot_be_told() throws IOException {
    ImageDataset same = TestData.dataset(SHAPE, 0, 0).named(i -> "same.png");
    DatasetBundle bundle = DatasetBundle.of("small", "", same, TestData.dataset(SHAPE, 0));

    Path file = text("image,class,part", "same.png,0,training");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitFile.select(file, bundle))
        .withMessage(
            file
                + ", line 2: image same.png: small has several of that name, allowed: names that"
                + " tell one");
  }

  @Test
  void names_of_the_same_hash_code_are_told_apart() {
    List<String> names = List.of("AaAa", "BBBB", "AaBB", "x", "BBAa");
    NameIndex index = new NameIndex(names.size(), names::get);

    for (int i = 0; i < names.size(); i++) {
      assertThat(index.find(names.get(i))).isEqualTo(i);
    }
    assertThat(index.find("y")).isEqualTo(NameIndex.NONE);
  }

  @Property(tries = 300)
  void any_text_is_read_as_it_was_written(@ForAll("records") List<List<String>> records)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (List<String> fields : records) {
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : ",");
        text.append(CsvRecords.field(fields.get(i)));
      }
      text.append('\n');
    }

    CsvRecords read = new CsvRecords(new StringReader(text.toString()));

    for (List<String> fields : records) {
      assertThat(read.read()).isEqualTo(fields);
    }
    assertThat(read.read()).isEmpty();
  }

  @Provide
  static Arbitrary<List<List<String>>> records() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars('a', ',', '"', '\n', '\r', ' ', 'é').ofMaxLength(6);
    // A record of one empty field is an empty line, which is passed over.
    return texts.list().ofMinSize(2).ofMaxSize(4).list().ofMaxSize(5);
  }
}
