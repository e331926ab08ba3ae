package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of JPEG files that say little or unusual things of them. */
class JpegColoursTest {
  private static final int SIDE = 16;
  private static final int PLANE = SIDE * SIDE;

  @TempDir Path folder;

  /** Stored is the free paper; 255 of 255 is white. Each expected colour is product / 255. */
  @ParameterizedTest
  @CsvSource({
    "255, 255, 255, 255, 255/255/255",
    "0, 255, 255, 255, 0/255/255",
    "200, 100, 50, 255, 200/100/50",
    "200, 100, 50, 128, 100/50/25",
    "255, 255, 255, 0, 0/0/0",
    "1, 128, 254, 127, 0/64/127"
  })
  void inks_become_what_they_leave_of_red_green_and_blue(
      int cyan, int magenta, int yellow, int black, String expected) {
    byte[] stored = fourColours(cyan, magenta, yellow, black);

    assertColour(withAdobe(stored, 0), expected);
    // Without a word on the colours they are the same, as for Pillow and browsers.
    assertColour(stored, expected);
  }

  /** Brightness and differences of the inks: those of an ink of 0, 0, 255 are 29, 255, 107. */
  @ParameterizedTest
  @CsvSource({
    "0, 128, 128, 255, 255/255/255",
    "255, 128, 128, 255, 0/0/0",
    "100, 128, 128, 255, 155/155/155",
    "100, 128, 128, 51, 31/31/31",
    "29, 255, 107, 255, 255/255/1",
    "76, 85, 255, 255, 1/255/255"
  })
  void brightness_and_differences_of_inks_become_red_green_and_blue(
      int brightness, int blueDifference, int redDifference, int black, String expected) {
    byte[] stored = fourColours(brightness, blueDifference, redDifference, black);

    assertColour(withAdobe(stored, 2), expected);
  }

  @Test
  void inks_are_resized_as_other_colours() {
    byte[] file = withAdobe(fourColours(200, 100, 50, 255), 0);

    DecodedImage small = decode(file, Resizing.toSquare(2));

    assertThat(small.shape()).isEqualTo(new ImageShape(3, 2, 2));
    assertThat(small.pixels())
        .isEqualTo(new byte[] {-56, -56, -56, -56, 100, 100, 100, 100, 50, 50, 50, 50});
  }

  /** Java's codec by itself takes such a file, with every colour at each pixel, for RGB. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_file_without_a_word_on_its_colours_has_brightness_and_differences(boolean subsampled) {
    byte[] said = threeColours(subsampled);
    assertThat(marker(said, 2)).isEqualTo(0xE0);
    byte[] unsaid = named(without(said, 2), 0, 1, 2);
    DecodedImage expected = decode(said, Resizing.NONE);
    int red = expected.pixels()[0] & 0xFF;
    assertThat(red).isBetween(195, 205);

    assertThat(decode(unsaid, Resizing.NONE).pixels()).isEqualTo(expected.pixels());
  }

  @Test
  void a_file_that_names_its_colours_red_green_and_blue_is_taken_by_its_word() {
    byte[] file = named(without(threeColours(false), 2), 'R', 'G', 'B');
    DecodedImage decoded = decode(file, Resizing.NONE);

    // The brightness of 200, 100, 50 and its differences, as stored.
    assertThat(decoded.pixels()[0] & 0xFF).isBetween(122, 126);
    assertThat(decoded.pixels()[PLANE] & 0xFF).isBetween(84, 88);
    assertThat(decoded.pixels()[2 * PLANE] & 0xFF).isBetween(180, 184);
  }

  @Test
  void two_colours_are_refused() {
    byte[] file = threeColours(false);
    int frame = frame(file);
    file[frame + 9] = 2;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> decode(file, Resizing.NONE))
        .withMessageContaining("image: cannot be read (2 colours), allowed: ");
  }

  @Test
  void formats_that_are_not_read_are_refused_by_name() {
    assertRefused("II+\0\10\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "BigTIFF");
    assertRefused("\0\0\0\34ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "HEIC");
    assertRefused("\0\0\0\34ftypavif\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "AVIF");
    assertRefused("<!DOCTYPE html>".getBytes(StandardCharsets.ISO_8859_1), "HTML");
  }

  private void assertRefused(byte[] file, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decode(file, Resizing.NONE))
        .withMessageEndingWith(
            "image: cannot be read (a file of the format "
                + name
                + "), allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
  }

  private void assertColour(byte[] file, String expected) {
    DecodedImage decoded = decode(file, Resizing.NONE);
    assertThat(decoded.shape()).isEqualTo(new ImageShape(3, SIDE, SIDE));
    String[] levels = expected.split("/", -1);
    for (int i = 0; i < 3 * PLANE; i++) {
      assertThat(decoded.pixels()[i] & 0xFF).isEqualTo(Integer.parseInt(levels[i / PLANE]));
    }
  }

  private DecodedImage decode(byte[] file, Resizing resizing) {
    Path path = folder.resolve("image");
    TestData.write(path, file);
    return ImageDecoder.decode(path, resizing);
  }

  /** A file of four colours, stored without loss, and without a word on them. */
  private static byte[] fourColours(int... levels) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
    for (int band = 0; band < 4; band++) {
      int[] samples = new int[PLANE];
      Arrays.fill(samples, levels[band]);
      raster.setSamples(0, 0, SIDE, SIDE, band, samples);
    }
    return encode(new IIOImage(raster, null, null), Optional.empty());
  }

  /** A file of 200, 100, 50. */
  private static byte[] threeColours(boolean subsampled) {
    BufferedImage image = TestData.filled(BufferedImage.TYPE_3BYTE_BGR, SIDE, SIDE, 0xC86432);
    return encode(new IIOImage(image, null, null), Optional.of(subsampled));
  }

  private static byte[] encode(IIOImage image, Optional<Boolean> subsampled) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(1);
      if (subsampled.isPresent()) {
        image.setMetadata(metadata(writer, parameters, image, subsampled.get()));
      }
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadata metadata(
      ImageWriter writer, ImageWriteParam parameters, IIOImage image, boolean subsampled)
      throws IOException {
    ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image.getRenderedImage());
    IIOMetadata metadata = writer.getDefaultImageMetadata(type, parameters);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode first = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
    first.setAttribute("HsamplingFactor", subsampled ? "2" : "1");
    first.setAttribute("VsamplingFactor", subsampled ? "2" : "1");
    metadata.setFromTree(format, root);
    return metadata;
  }

  private static byte[] withAdobe(byte[] file, int transform) {
    byte[] segment = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    byte[] result = new byte[file.length + segment.length];
    System.arraycopy(file, 0, result, 0, 2);
    System.arraycopy(segment, 0, result, 2, segment.length);
    System.arraycopy(file, 2, result, 2 + segment.length, file.length - 2);
    return result;
  }

  private static byte[] without(byte[] file, int start) {
    int end = start + 2 + length(file, start);
    byte[] result = new byte[file.length - (end - start)];
    System.arraycopy(file, 0, result, 0, start);
    System.arraycopy(file, end, result, start, file.length - end);
    return result;
  }

  private static byte[] named(byte[] file, int... names) {
    int frame = frame(file);
    int scan = scan(file);
    for (int i = 0; i < 3; i++) {
      file[frame + 10 + 3 * i] = (byte) names[i];
      file[scan + 5 + 2 * i] = (byte) names[i];
    }
    return file;
  }

  private static int frame(byte[] file) {
    return find(file, 0xC0);
  }

  private static int scan(byte[] file) {
    return find(file, 0xDA);
  }

  private static int find(byte[] file, int marker) {
    int start = 2;
    while (marker(file, start) != marker) {
      start += 2 + length(file, start);
    }
    return start;
  }

  private static int marker(byte[] file, int start) {
    return file[start + 1] & 0xFF;
  }

  private static int length(byte[] file, int start) {
    return ((file[start + 2] & 0xFF) << 8) | (file[start + 3] & 0xFF);
  }
}
