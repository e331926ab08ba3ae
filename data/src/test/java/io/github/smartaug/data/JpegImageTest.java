package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels are those of a picture that Java's codec makes by itself. */
class JpegImageTest {
  @ParameterizedTest
  @CsvSource({"23, 19, 1", "23, 19, 2", "22, 20, 3", "23, 19, 3", "24, 21, 3", "25, 22, 4"})
  void rows_and_columns_are_left_out_as_the_codec_does(int width, int height, int step)
      throws IOException {
    byte[] file = noise(width, height, BufferedImage.TYPE_INT_RGB);

    assertSameAsCodec(file, step);
  }

  @ParameterizedTest
  @CsvSource({"23, 19, 1", "22, 20, 3"})
  void greys_are_those_of_the_codec(int width, int height, int step) throws IOException {
    byte[] file = noise(width, height, BufferedImage.TYPE_BYTE_GRAY);

    assertSameAsCodec(file, step);
  }

  private static void assertSameAsCodec(byte[] file, int step) throws IOException {
    JpegImage image = JpegImage.of(file);

    DecodedImage decoded = image.pixels(reader(file), parameters(step));
    BufferedImage expected = reader(file).read(0, parameters(step));

    assertThat(decoded.shape()).isEqualTo(DecodedImage.of(expected).shape());
    assertThat(decoded.shape().height()).isEqualTo(expected.getHeight());
    int plane = expected.getWidth() * expected.getHeight();
    for (int i = 0; i < decoded.pixels().length; i++) {
      int pixel = i % plane;
      int sample =
          expected
              .getRaster()
              .getSample(pixel % expected.getWidth(), pixel / expected.getWidth(), i / plane);
      assertThat(decoded.pixels()[i] & 0xFF).isEqualTo(sample);
    }
  }

  private static ImageReader reader(byte[] file) {
    ImageReader reader = ImageContent.javaCodec("jpeg");
    reader.setInput(new ArrayInputStream(file), true, true);
    return reader;
  }

  private static ImageReadParam parameters(int step) {
    ImageReadParam parameters = new ImageReadParam();
    parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
    return parameters;
  }

  private static byte[] noise(int width, int height, int type) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, type);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", file);
    return file.toByteArray();
  }
}
