package io.github.smartaug.batch;

import io.github.smartaug.tensor.Tensors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;

/**
 * Shape of an image.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})");

  /** Checks that all sizes are positive. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image shape: "
              + channels
              + "x"
              + height
              + "x"
              + width
              + ", allowed: sizes of at least 1");
    }
  }

  /**
   * The shape that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static ImageShape parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "image shape \"" + text + "\", allowed: channels, height and width, such as 3x32x32");
    }
    return new ImageShape(
        Integer.parseInt(match.group(1)),
        Integer.parseInt(match.group(2)),
        Integer.parseInt(match.group(3)));
  }

  /**
   * Rejects what is not a batch of such images.
   *
   * @throws IllegalArgumentException if the shape is not [B,C,H,W] with these sizes
   */
  public void requireBatch(Tensor images) {
    boolean fits =
        images.dim() == 4
            && images.size(1) == channels
            && images.size(2) == height
            && images.size(3) == width;
    if (!fits) {
      throw new IllegalArgumentException(
          "images of shape %s, allowed: [B, %d, %d, %d]"
              .formatted(Tensors.shapeText(images), channels, height, width));
    }
  }

  /** Such as {@code 3x32x32}: channels, height, width. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
