package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that reads image files reads all formats, by what is in them. */
class PictureFormatsTest {
  private static final BufferedImage PICTURE = Pictures.colour(20, 10);

  /** Lossless, one pixel of red 200, green 100, blue 50. */
  private static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAdQsiJXpv+BiOh/AAA=");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff", "png"})
  void apply_reads_a_picture_whatever_its_name(String format) throws IOException {
    for (String name : List.of("picture." + format, "picture.jpg", "picture.webp", "picture.gif")) {
      Path out = folder.resolve(name + "-out.png");

      Result result = apply(write(name, format), out);

      assertThat(result.exitCode()).as(result.message()).isZero();
      assertThat(Pictures.pixels(Pictures.read(out))).isEqualTo(Pictures.pixels(PICTURE));
    }
  }

  @Test
  void apply_and_preview_read_webp() throws IOException {
    Path webp = Files.write(folder.resolve("a.webp"), WEBP);

    assertThat(apply(webp, folder.resolve("a.png")).exitCode()).isZero();
    Result shown = InProcess.run("preview", webp, "--out", folder.resolve("sheet.png"));

    assertThat(Pictures.pixels(Pictures.read(folder.resolve("a.png")))).containsExactly(0xC86432);
    assertThat(shown.exitCode()).as(shown.message()).isZero();
    assertThat(Pictures.pixels(Pictures.read(folder.resolve("sheet.png")))).contains(0xC86432);
  }

  @Test
  void what_is_neither_png_nor_jpeg_is_written_as_png() throws IOException {
    write("in/a.gif", "gif");
    write("in/deep/b.TIFF", "tiff");
    write("in/c.bmp", "bmp");
    write("in/d.JPG", "jpg");
    write("in/e.f.png", "png");
    // By their content: no ending, and one of no image.
    write("in/photo", "png");
    write("in/photo.bak", "bmp");

    Result result = apply(folder.resolve("in"), folder.resolve("out"));

    assertThat(result.exitCode()).as(result.message()).isZero();
    assertThat(files("out"))
        .containsExactly(
            "a.png", "c.png", "d.JPG", "deep/b.png", "e.f.png", "photo.bak.png", "photo.png");
    assertThat(Pictures.pixels(Pictures.read(folder.resolve("out/photo.bak.png"))))
        .isEqualTo(Pictures.pixels(PICTURE));
    assertThat(apply(folder.resolve("in/c.bmp"), folder.resolve("out/deep")).exitCode()).isZero();
    assertThat(files("out")).contains("deep/c.png");
  }

  @Test
  void two_images_of_one_result_are_refused_before_anything_is_written() throws IOException {
    write("in/a.gif", "gif");
    write("in/a.png", "png");

    Result result = apply(folder.resolve("in"), folder.resolve("out"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message())
        .contains("a.png: would be the result of a.gif and of a.png, allowed: ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void a_file_that_is_no_image_has_no_result() throws IOException {
    Path raw = Files.write(folder.resolve("photo.nef"), new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});

    Result result = apply(raw, folder.resolve("out.png"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message())
        .contains(
            "photo.nef: unknown kind of file, allowed: a folder, .png, .jpg, .jpeg, .bmp, .gif,"
                + " .tif, .tiff, .webp, .npy");
  }

  @Test
  void predict_says_the_same_of_a_picture_in_every_lossless_format() throws IOException {
    TinyTraining.train(folder.resolve("run"));
    write("in/a.png", "png");
    write("in/b.bmp", "bmp");
    write("in/c.tif", "tiff");
    write("in/d.jpeg", "png");
    write("in/e", "png");

    Result result = InProcess.run("predict", folder.resolve("run"), folder.resolve("in"), "--csv");

    assertThat(result.exitCode()).as(result.message()).isZero();
    List<String[]> rows = result.out().stream().skip(1).map(row -> row.split(",")).toList();
    assertThat(rows).hasSize(5);
    String[] first = rows.get(0);
    for (String[] row : rows) {
      assertThat(row[1]).as(row[0]).isEqualTo(first[1]);
      // Images of one batch may take other vector kernels, which round the last bit differently.
      assertThat(probabilities(row)).as(row[0]).containsExactly(probabilities(first), within(1e-6));
    }
  }

  @Test
  void grey_images_are_coloured_for_a_model_that_wants_it_and_the_run_keeps_to_it()
      throws IOException {
    Path run = folder.resolve("run");
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(run));
    arguments.addAll(List.of("--channels", "3"));
    Result trained = InProcess.run(arguments.toArray());
    assertThat(trained.exitCode()).as(trained.message()).isZero();
    Path grey =
        Pictures.write(
            folder.resolve("grey.png"), new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY));

    Result evaluated = InProcess.run("evaluate", run);
    Result predicted = InProcess.run("predict", run, grey);

    assertThat(Files.readString(run.resolve("config.json"))).contains("3x28x28");
    assertThat(evaluated.exitCode()).as(evaluated.message()).isZero();
    assertThat(predicted.exitCode()).as(predicted.message()).isZero();
    assertThat(InProcess.run("train", "--channels", "2").message())
        .contains("--channels: 2, allowed: 1, 3");
  }

  private static double[] probabilities(String[] row) {
    return Stream.of(row).skip(2).mapToDouble(Double::parseDouble).toArray();
  }

  private static Result apply(Path input, Path output) {
    return InProcess.run("apply", "--transform", "identity", input, output);
  }

  private Path write(String name, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(PICTURE, format, bytes)).isTrue();
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes.toByteArray());
  }

  private List<String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
