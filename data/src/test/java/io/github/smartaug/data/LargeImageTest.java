package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that are large, but not too large. */
class LargeImageTest {
  /** Four parts of one colour each; the last is 170, 210, 250. */
  private static final PngFile.Samples PARTS =
      (x, y, band) -> (20 + 40 * band + x / 6000 * 100 + y / 2000 * 50) * 257;

  @TempDir static Path folder;
  private static Path wide;

  /** 288 MB of pixels. */
  @BeforeAll
  static void write() {
    wide = folder.resolve("wide.png");
    TestData.write(wide, new PngFile(12_000, 4000, 16, PngFile.RGB).of(PARTS));
  }

  @Test
  @Timeout(120)
  void several_are_shrunk_within_a_heap_that_holds_none_of_them() throws Exception {
    List<Path> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.add(Files.copy(wide, folder.resolve("wide-" + i + ".png")));
    }

    List<String> lines = decodeInSmallHeap("square", 16, three);

    assertThat(lines).hasSize(3).containsOnly("3x16x16: 170 210 250");
  }

  @Test
  @Timeout(120)
  void one_is_shrunk_in_proportion_within_a_heap_that_does_not_hold_it() throws Exception {
    assertThat(decodeInSmallHeap("shrink", 120, List.of(wide)))
        .containsExactly("3x40x120: 170 210 250");
  }

  @Test
  @Timeout(120)
  void one_that_does_not_fit_into_the_heap_is_refused_in_one_line() throws Exception {
    List<String> lines = decodeInSmallHeap("none", 0, List.of(wide));

    // Collectors of garbage take some of the 256 MB for themselves.
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).replace("0.3 GB of Java", "0.2 GB of Java"))
        .isEqualTo(
            wide
                + ": cannot be read (12000x4000 pixels: at least 0.4 GB of memory, allowed: the"
                + " 0.2 GB of Java's heap), allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image, or"
                + " --skip-bad");
  }

  @Test
  void leaving_out_rows_and_columns_hardly_changes_what_a_small_image_shows() {
    Path path = folder.resolve("grey.png");
    PngFile.Samples smooth = (x, y, band) -> (int) (120 + 100 * Math.sin(x / 300.0 + y / 200.0));
    TestData.write(path, new PngFile(5000, 4000, 8, PngFile.GREY).of(smooth));

    DecodedImage shrunk = ImageDecoder.decode(path, Resizing.toSquare(50));
    DecodedImage whole = Resampler.resize(ImageDecoder.decode(path), 50, 50);

    assertThat(shrunk.shape()).isEqualTo(whole.shape());
    assertThat(shrunk.pixels()).isNotEqualTo(whole.pixels());
    for (int i = 0; i < whole.pixels().length; i++) {
      assertThat(shrunk.pixels()[i] & 0xFF)
          .isBetween((whole.pixels()[i] & 0xFF) - 1, (whole.pixels()[i] & 0xFF) + 1);
    }
  }

  @Test
  void images_are_shrunk_in_proportion_as_if_all_of_their_pixels_were_decoded() {
    Path path = folder.resolve("proportions.png");
    PngFile.Samples smooth = (x, y, band) -> (int) (120 + 100 * Math.sin(x / 300.0 + y / 200.0));
    TestData.write(path, new PngFile(8000, 3000, 8, PngFile.GREY).of(smooth));

    DecodedImage shrunk = ImageDecoder.decode(path, Resizing.shrinkingTo(80));
    DecodedImage everyPixel = ImageDecoder.decode(path);
    DecodedImage whole = everyPixel.shrunkTo(80);

    assertThat(shrunk.shape()).isEqualTo(whole.shape()).isEqualTo(new ImageShape(1, 30, 80));
    assertThat(shrunk.pixels()).isNotEqualTo(whole.pixels());
    for (int i = 0; i < whole.pixels().length; i++) {
      assertThat(shrunk.pixels()[i] & 0xFF)
          .isBetween((whole.pixels()[i] & 0xFF) - 1, (whole.pixels()[i] & 0xFF) + 1);
    }
    // More than half of the sides remain: no pixel is left out.
    assertThat(ImageDecoder.decode(path, Resizing.shrinkingTo(5000)).pixels())
        .isEqualTo(everyPixel.shrunkTo(5000).pixels());
    assertThat(ImageDecoder.size(path)).isEqualTo(new Dimension(8000, 3000));
  }

  @Test
  void ordinary_images_and_those_that_stay_large_keep_every_pixel() {
    Path path = folder.resolve("ordinary.png");
    PngFile.Samples fine = (x, y, band) -> (x * 37 + y * 91) & 255;
    TestData.write(path, new PngFile(4000, 4000, 8, PngFile.GREY).of(fine));
    Path large = folder.resolve("large.png");
    TestData.write(large, new PngFile(5000, 4000, 8, PngFile.GREY).of(fine));

    for (int side : new int[] {3, 1500}) {
      assertSameAsWhole(path, side);
    }
    assertSameAsWhole(large, 1500);
  }

  private static void assertSameAsWhole(Path path, int side) {
    assertThat(ImageDecoder.decode(path, Resizing.toSquare(side)).pixels())
        .isEqualTo(Resampler.resize(ImageDecoder.decode(path), side, side).pixels());
  }

  @Test
  void the_most_pixels_of_a_file_can_be_said() {
    Path path = folder.resolve("ten.png");
    TestData.write(path, new PngFile(5, 2, 8, PngFile.GREY).of((x, y, band) -> x));

    DecodedImage accepted = ImageDecoder.decode(path, Resizing.NONE.acceptingUpTo(10));

    assertThat(accepted.shape()).isEqualTo(new ImageShape(1, 2, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDecoder.decode(path, Resizing.toSquare(2).acceptingUpTo(9)))
        .withMessageContaining("(5x2 pixels, more than the 9 of --max-pixels)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resizing.NONE.acceptingUpTo(0))
        .withMessage("pixels of an image: 0, allowed: 1..500000000");
  }

  private static List<String> decodeInSmallHeap(String resizing, int side, List<Path> files)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                resizing,
                Integer.toString(side)));
    files.forEach(file -> command.add(file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
