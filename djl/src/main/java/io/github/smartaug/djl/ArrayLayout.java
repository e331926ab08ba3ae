package io.github.smartaug.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.smartaug.policy.PixelFormat;
import java.util.Arrays;
import java.util.List;

/** How the images of DJL's arrays lie: before {@code ToTensor} and after it. */
enum ArrayLayout {
  BEFORE_TO_TENSOR("before ToTensor", "(H, W, C) or (N, H, W, C)", 255) {
    @Override
    List<DataType> dataTypes() {
      return List.of(DataType.UINT8, DataType.FLOAT32);
    }

    @Override
    PixelFormat format(int[] dimensions) {
      return PixelFormat.interleaved(dimensions[0], dimensions[1], dimensions[2]);
    }
  },
  AFTER_TO_TENSOR("after ToTensor, before Normalize", "(C, H, W) or (N, C, H, W)", 1) {
    @Override
    List<DataType> dataTypes() {
      return List.of(DataType.FLOAT32);
    }

    @Override
    PixelFormat format(int[] dimensions) {
      return PixelFormat.planar(dimensions[0], dimensions[1], dimensions[2]);
    }
  };

  private static final int IMAGE_DIMENSIONS = 3;

  /** Between which of DJL's transforms images lie so. */
  private final String place;

  private final String shapes;

  /** The number that stands for white. */
  private final int white;

  ArrayLayout(String place, String shapes, int white) {
    this.place = place;
    this.shapes = shapes;
    this.white = white;
  }

  abstract List<DataType> dataTypes();

  /** For the three dimensions of an image. */
  abstract PixelFormat format(int[] dimensions);

  /**
   * The format of each image of an array.
   *
   * @throws IllegalArgumentException if shape or data type are those of no image
   */
  PixelFormat format(NDArray images) {
    if (!dataTypes().contains(images.getDataType())) {
      String allowed = String.join(", ", dataTypes().stream().map(DataType::toString).toList());
      throw refused("data type", images.getDataType(), allowed);
    }
    Shape shape = images.getShape();
    int imagesDimensions = shape.dimension() - IMAGE_DIMENSIONS;
    if (imagesDimensions != 0 && imagesDimensions != 1) {
      throw refused("shape", shape, shapes);
    }
    long[] dimensions = shape.slice(imagesDimensions).getShape();
    try {
      return format(Arrays.stream(dimensions).mapToInt(Math::toIntExact).toArray());
    } catch (IllegalArgumentException e) {
      throw refused("shape", shape, shapes + " with 1 or 3 channels, not empty");
    }
  }

  /**
   * Changes numbers of images to those from 0 to 1.
   *
   * @throws IllegalArgumentException if one is no pixel
   */
  void toUnitRange(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      // Not a number compares false with everything.
      if (!(numbers[i] >= 0 && numbers[i] <= white)) {
        throw refused("pixels", numbers[i] + " at " + i, "0 to " + white);
      }
      numbers[i] /= white;
    }
  }

  /** Changes numbers from 0 to 1 to those of images. */
  void fromUnitRange(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= white;
    }
  }

  private IllegalArgumentException refused(String what, Object found, String allowed) {
    return new IllegalArgumentException(
        what + " " + place + ": " + found + ", allowed: " + allowed);
  }
}
