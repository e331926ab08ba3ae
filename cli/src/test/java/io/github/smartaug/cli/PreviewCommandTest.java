package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewCommandTest {
  private static final int RED = 0xff0000;

  @TempDir Path folder;

  /** A red square that transforms of geometry move about and never colour. */
  private Path redImage() {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    int[] red = new int[32 * 32];
    Arrays.fill(red, RED);
    image.setRGB(0, 0, 32, 32, red, 0, 32);
    return Pictures.write(folder.resolve("red.png"), image);
  }

  @Test
  void a_set_has_a_row_for_every_transform_and_a_column_for_every_strength() throws IOException {
    Path set = folder.resolve("set.json");
    Files.writeString(
        set,
        """
        [{"name": "Flip", "function": "flip", "param": {"axis": "X"}},
         {"name": "Dark", "function": "brightness",
          "param": {"min": 0.0, "max": 1.0, "invScale": true}}]
        """);
    Path out = folder.resolve("sheet.png");

    SmartAugProcess.Result result =
        InProcess.run("preview", redImage(), "--transforms", set, "--columns", "3", "--out", out);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).containsExactly("contact sheet in " + out);
    int[] pixels = Pictures.pixels(Pictures.read(out));
    long cell = 96 * 96;
    // The original, its mirror image, and the darkened one at full, half and no brightness.
    assertThat(count(pixels, RED)).isEqualTo(3 * cell);
    assertThat(count(pixels, 0x800000)).isEqualTo(cell);
    assertThat(count(pixels, 0)).isGreaterThanOrEqualTo(cell);
  }

  @Test
  void without_a_picture_there_is_one_of_the_embedded_data_set() {
    Path out = folder.resolve("sheet.png");

    assertThat(InProcess.run("preview", "--transforms=base", "--out", out).exitCode()).isZero();

    assertThat(Pictures.read(out).getHeight()).isGreaterThan(14 * 84);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--transforms nothing --out x.png | --transforms: \"nothing\", allowed: base, wide,",
        "--transforms base --policy p.json --out x.png | --transforms: given with --policy, allowed: one",
        "--policy p.json --out x.png | p.json: no such file",
        "--out x.jpg | --out: x.jpg, allowed: the name of a .png file",
        "--out nowhere/x.png | nowhere does not exist",
        "--columns 1 --out x.png | --columns: 1, allowed: from 2 to 50",
        "missing.png --out x.png | missing.png: cannot be read (no such file)",
        "a.png --dataset fashion-mnist-mini --out x.png | --dataset: given with IMAGE, allowed: one",
        "--dataset nothing --out x.png | data set: \"nothing\", allowed: "
      })
  void wrong_input_is_refused(String arguments, String message) {
    SmartAugProcess.Result result = InProcess.run((Object[]) ("preview " + arguments).split(" "));

    assertThat(result.message()).startsWith("smartaug: ").contains(message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void the_picture_itself_is_not_replaced() {
    Path image = redImage();

    assertThat(InProcess.run("preview", image, "--out", image).message())
        .contains("the image itself");
  }

  private static long count(int[] pixels, int colour) {
    return Arrays.stream(pixels).filter(pixel -> pixel == colour).count();
  }
}
