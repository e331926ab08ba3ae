package io.github.smartaug.policy;

/**
 * Reads every output pixel at the place that an affine matrix says.
 *
 * <p>Rounds as the library does: places are first computed on a scale from -1 to 1, in fused
 * multiplications and additions of single precision.
 */
final class AffineSampler {
  private final Planes image;
  private final Sampling sampling;
  private final int width;
  private final int height;
  private final RowPlaces places;

  AffineSampler(Planes image, Sampling sampling) {
    this.image = image;
    this.sampling = sampling;
    this.width = image.width;
    this.height = image.height;
    this.places = new RowPlaces(width, height, sampling.border());
  }

  /** Reads the image anew. */
  void sample(AffineMatrix inverse) {
    PlaceFunction x = PlaceFunction.of(inverse.xx(), inverse.xy(), inverse.x0(), width);
    PlaceFunction y = PlaceFunction.of(inverse.yx(), inverse.yy(), inverse.y0(), height);
    for (int row = 0; row < height; row++) {
      switch (sampling.interpolation()) {
        case BILINEAR -> {
          places.findNeighbours(x.atRow(row), y.atRow(row));
          mixNeighbours(row);
        }
        case NEAREST -> {
          places.findNearest(x.atRow(row), y.atRow(row));
          copyNearest(row);
        }
      }
    }
    image.swap();
  }

  private void mixNeighbours(int row) {
    int right = width > 1 ? 1 : 0;
    int down = height > 1 ? width : 0;
    float[] to = image.spare();
    for (int channel = 0; channel < image.channels; channel++) {
      int plane = channel * image.area();
      int start = plane + row * width;
      mix(image.pixels, plane, right, down, to, start);
    }
  }

  private void mix(float[] from, int plane, int right, int down, float[] to, int start) {
    int[] offsets = places.offsets;
    float[] topLeft = places.topLeft;
    float[] topRight = places.topRight;
    float[] bottomLeft = places.bottomLeft;
    float[] bottomRight = places.bottomRight;
    for (int x = 0; x < offsets.length; x++) {
      int i = plane + offsets[x];
      float value = from[i] * topLeft[x];
      value = Math.fma(from[i + right], topRight[x], value);
      value = Math.fma(from[i + down], bottomLeft[x], value);
      value = Math.fma(from[i + down + right], bottomRight[x], value);
      // Weights may sum to a little more than 1.
      to[start + x] = value > 1 ? 1 : value;
    }
  }

  private void copyNearest(int row) {
    float[] to = image.spare();
    int[] offsets = places.offsets;
    for (int channel = 0; channel < image.channels; channel++) {
      int plane = channel * image.area();
      int start = plane + row * width;
      for (int x = 0; x < width; x++) {
        to[start + x] = offsets[x] < 0 ? 0 : image.pixels[plane + offsets[x]];
      }
    }
  }
}
