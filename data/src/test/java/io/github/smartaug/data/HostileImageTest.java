package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileImageTest {
  @TempDir Path folder;

  /** The stored picture is 1 2 3 over 4 5 6; the expected rows are those of the Exif standard. */
  @ParameterizedTest
  @CsvSource({
    "1, 123/456", "2, 321/654", "3, 654/321", "4, 456/123",
    "5, 14/25/36", "6, 41/52/63", "7, 63/52/41", "8, 36/25/14"
  })
  void pixels_are_turned_upright_by_all_eight_orientations(int number, String rows)
      throws IOException {
    BufferedImage image = TestData.grey(3, 2, 0);
    image.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {1, 2, 3, 4, 5, 6});
    byte[] png = TestData.encode("png", image);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      DecodedImage decoded = decode(withChunk(png, "eXIf", exif(number, order)));

      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        text.append(i > 0 && i % decoded.shape().width() == 0 ? "/" : "");
        text.append(decoded.pixels()[i]);
      }
      assertThat(text).hasToString(rows);
      assertThat(ImageDecoder.size(folder.resolve("image")))
          .isEqualTo(new Dimension(decoded.shape().width(), decoded.shape().height()));
    }
  }

  @Test
  void a_jpeg_of_a_camera_held_upright_is_turned_to_the_right() throws IOException {
    BufferedImage image = TestData.grey(32, 16, 0);
    image.getRaster().setSamples(0, 0, 16, 16, 0, filled(16 * 16, 200));

    DecodedImage decoded = decode(jpegWithExif(image, 6));

    assertThat(decoded.shape()).isEqualTo(new ImageShape(1, 32, 16));
    assertThat(Arrays.copyOf(decoded.pixels(), 256)).containsOnly((byte) 200);
    assertThat(Arrays.copyOfRange(decoded.pixels(), 256, 512)).containsOnly((byte) 0);
  }

  @ParameterizedTest
  @CsvSource({"30000, 30000", "2, 20000000", "12000, 12000"})
  @Timeout(10)
  void a_header_that_states_too_many_pixels_is_refused_before_they_are_decoded(
      int width, int height) {
    byte[] png = TestData.encode("png", TestData.grey(2, 2, 0));
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    header.putInt(29, (int) checksum.getValue());

    assertRefused(png, width + "x" + height + " pixels");
  }

  @Test
  void a_png_with_a_wrong_checksum_is_refused() {
    byte[] png = TestData.encode("png", TestData.grey(2, 2, 0));
    png[29] ^= 1;

    assertRefused(png, "wrong checksum");
  }

  @Test
  void a_jpeg_that_lacks_data_before_its_end_marker_is_refused() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 2_654_435);
    }
    byte[] whole = TestData.encode("jpg", image);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2 + 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;

    assertRefused(cut, "premature end");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(10)
  void a_pipe_is_refused_without_waiting_for_it() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDecoder.decode(pipe))
        .withMessageContaining("pipe.png: cannot be read (not a regular file)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFile.of(pipe).read(InputStream::readAllBytes))
        .withMessageContaining("pipe.png: cannot be read (not a regular file)");
  }

  @Test
  void all_unreadable_images_are_named_at_once() {
    List<Path> files = Stream.of("a.png", "b.png", "c.png").map(folder::resolve).toList();
    TestData.write(files.get(0), new byte[10]);
    TestData.write(files.get(1), "png", TestData.grey(2, 2, 0));
    TestData.write(files.get(2), new byte[0]);

    ImageStream stream = new ImageStream(Resizing.NONE, LoaderOptions.defaults());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParallelDecoder(stream).decode(folder, files, BadImages.REFUSE))
        .withMessageStartingWith(
            folder + ": 2 images cannot be used: a.png (unknown format); c.png")
        .withMessageNotContaining("b.png")
        .withMessageNotContaining("\n");
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decode(bytes))
        .withMessageContaining(reason)
        .withMessageContaining("allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
  }

  private DecodedImage decode(byte[] bytes) {
    Path file = folder.resolve("image");
    TestData.write(file, bytes);
    return ImageDecoder.decode(file);
  }

  private static int[] filled(int size, int value) {
    int[] values = new int[size];
    Arrays.fill(values, value);
    return values;
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer data = ByteBuffer.allocate(26).order(order);
    byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    data.put(letter).put(letter).putShort((short) 42).putInt(8).putShort((short) 1);
    data.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return data.array();
  }

  private static byte[] withChunk(byte[] png, String type, byte[] content) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, 4 + content.length);
    chunk.putInt((int) checksum.getValue());
    return inserted(png, 33, chunk.array());
  }

  private static byte[] jpegWithExif(BufferedImage image, int orientation) throws IOException {
    byte[] exif = exif(orientation, ByteOrder.BIG_ENDIAN);
    ByteBuffer segment = ByteBuffer.allocate(10 + exif.length);
    segment.putShort((short) 0xFFE1).putShort((short) (8 + exif.length));
    segment.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1)).put(exif);
    return inserted(TestData.encode("jpg", image), 2, segment.array());
  }

  private static byte[] inserted(byte[] bytes, int position, byte[] part) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(bytes, 0, position);
    result.write(part);
    result.write(bytes, position, bytes.length - position);
    return result.toByteArray();
  }
}
