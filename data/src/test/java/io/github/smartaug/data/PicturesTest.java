package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import java.awt.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures of many formats against what Pillow decodes: see {@code make.py} in {@code pictures}.
 */
class PicturesTest {
  private static final Pattern SHAPE =
      Pattern.compile("'shape': \\((\\d+), (\\d+), (\\d+)\\)", Pattern.MULTILINE);
  private static final Map<String, byte[]> FILES = files();

  @TempDir Path folder;

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(PicturesTest.class.getResourceAsStream("pictures/pictures.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static List<String> names() {
    return FILES.keySet().stream().filter(name -> !name.endsWith(".npy")).toList();
  }

  static Stream<String> exactNames() {
    return names().stream().filter(name -> !name.startsWith("lossy"));
  }

  /** The pixels that Pillow has, [C,H,W]. */
  private static DecodedImage expected(String name) {
    byte[] npy = FILES.get(name + ".npy");
    int headerEnd = 10 + ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    Matcher shape = SHAPE.matcher(new String(npy, 10, headerEnd - 10, StandardCharsets.ISO_8859_1));
    assertThat(shape.find()).isTrue();
    return DecodedImage.of(
        new ImageShape(
            Integer.parseInt(shape.group(1)),
            Integer.parseInt(shape.group(2)),
            Integer.parseInt(shape.group(3))),
        Arrays.copyOfRange(npy, headerEnd, npy.length));
  }

  /** JPEG, too: both programs calculate as the same library does. */
  @ParameterizedTest
  @MethodSource("exactNames")
  void pixels_are_those_of_pillow(String name) {
    DecodedImage decoded = decode(FILES.get(name));
    DecodedImage expected = expected(name);

    assertThat(decoded.shape()).isEqualTo(expected.shape());
    assertThat(decoded.pixels()).isEqualTo(expected.pixels());
  }

  /**
   * The colours of WebP have half the resolution; Pillow's codec smooths them, this one does not.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossy-alpha.webp"})
  void lossy_webp_is_near_to_pillow(String name) {
    DecodedImage decoded = decode(FILES.get(name));
    DecodedImage expected = expected(name);

    assertThat(decoded.shape()).isEqualTo(expected.shape());
    int sum = 0;
    for (int i = 0; i < decoded.pixels().length; i++) {
      int difference = Math.abs((decoded.pixels()[i] & 0xFF) - (expected.pixels()[i] & 0xFF));
      assertThat(difference).isLessThanOrEqualTo(12);
      sum += difference;
    }
    assertThat((double) sum / decoded.pixels().length).isCloseTo(0, within(2.0));
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_size_is_known_without_decoding(String name) {
    Path file = folder.resolve("image");
    TestData.write(file, FILES.get(name));
    ImageShape shape = expected(name).shape();

    assertThat(ImageDecoder.size(file)).isEqualTo(new Dimension(shape.width(), shape.height()));
  }

  @ParameterizedTest
  @MethodSource("names")
  @Timeout(20)
  void a_file_that_is_cut_short_is_refused_or_has_all_of_its_first_picture(String name) {
    byte[] whole = FILES.get(name);
    byte[] pixels = decode(whole).pixels();
    int step = 1 + whole.length / 50;
    for (int length = 0; length < whole.length; length += whole.length - length > 8 ? step : 1) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertThat(decode(cut).pixels()).isEqualTo(pixels);
        // Further pictures, and what is said of them, may be missing.
        assertThat(length).isGreaterThan(whole.length / 3);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("image: cannot be read (");
      }
    }
  }

  /** Without a word on what the codec threw: whatever is wrong, it is one line and no crash. */
  @ParameterizedTest
  @MethodSource("names")
  @Timeout(60)
  void damaged_files_are_read_or_refused_in_one_line(String name) {
    byte[] whole = FILES.get(name);
    for (int at = 0; at < whole.length; at += 1 + whole.length / 70) {
      for (int level : new int[] {0, 255, whole[at] ^ 1}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) level;
        try {
          decode(damaged, Resizing.NONE.acceptingUpTo(1_000_000));
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageStartingWith("image: cannot be read (");
          assertThat(e.getMessage()).doesNotContain("\n").contains("), allowed: a whole PNG, ");
        }
      }
    }
  }

  @Test
  void a_gif_without_codes_for_all_pixels_is_refused() {
    byte[] gif = FILES.get("P.gif").clone();
    ByteBuffer content = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    int picture = new String(gif, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0");
    short height = content.getShort(picture + 7);
    content.putShort(picture + 7, (short) (2 * height));

    assertRefused(gif, "cut short, 437 of 874 pixels");
  }

  @Test
  void a_webp_that_states_another_size_than_its_picture_has_is_refused() {
    byte[] webp = FILES.get("turned.webp").clone();
    int screen = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8X") + 12;
    webp[screen]++;

    assertRefused(webp, "two different sizes");
  }

  @Test
  void an_animation_whose_frame_lies_outside_its_screen_is_refused() {
    byte[] webp = FILES.get("animated.webp").clone();
    int frame = new String(webp, StandardCharsets.ISO_8859_1).indexOf("ANMF") + 8;
    webp[frame] = 1;

    assertRefused(webp, "a picture outside its screen");
  }

  @Test
  void a_bitmap_that_holds_a_file_of_another_format_is_refused() {
    byte[] bitmap = FILES.get("RGB.bmp").clone();
    for (byte compression : new byte[] {4, 5}) {
      bitmap[30] = compression;
      assertRefused(bitmap, "a bitmap that holds a JPEG or PNG");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RGB.bmp", "P.gif", "RGB.tiff", "RGB.webp", "L.jpeg"})
  void images_of_more_pixels_than_allowed_are_refused_in_every_format(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decode(FILES.get(name), Resizing.NONE.acceptingUpTo(436)))
        .withMessageContaining("(23x19 pixels, more than the 436 of --max-pixels)");
    assertThat(decode(FILES.get(name), Resizing.NONE.acceptingUpTo(437)).shape().height())
        .isEqualTo(19);
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decode(file))
        .withMessage(
            "image: cannot be read ("
                + reason
                + "), allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
  }

  private static DecodedImage decode(byte[] file) {
    return decode(file, Resizing.NONE);
  }

  private static DecodedImage decode(byte[] file, Resizing resizing) {
    return ImageDecoder.decode("image", file, resizing);
  }
}
