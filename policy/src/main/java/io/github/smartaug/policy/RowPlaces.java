package io.github.smartaug.policy;

/** Which pixels of the image are read for one row of the result, and how much each counts. */
final class RowPlaces {
  /** In place of an offset: nothing is read. */
  private static final int BLACK = -1;

  private final int width;
  private final int height;
  private final Sampling.Border border;

  /** By output column: the pixel that is read, or the first of four neighbours. */
  final int[] offsets;

  final float[] topLeft;
  final float[] topRight;
  final float[] bottomLeft;
  final float[] bottomRight;

  private final Neighbours columns = new Neighbours();
  private final Neighbours rows = new Neighbours();

  /** For images of one size. */
  RowPlaces(int width, int height, Sampling.Border border) {
    this.width = width;
    this.height = height;
    this.border = border;
    this.offsets = new int[width];
    this.topLeft = new float[width];
    this.topRight = new float[width];
    this.bottomLeft = new float[width];
    this.bottomRight = new float[width];
  }

  /** Finds four neighbours and their weights for each output pixel. */
  void findNeighbours(PlaceFunction x, PlaceFunction y) {
    int[] insideX = x.inside(width - 1, width);
    int[] insideY = y.inside(height - 1, width);
    int first = Math.max(insideX[0], insideY[0]);
    int last = Math.max(first, Math.min(insideX[1], insideY[1]));
    for (int column = 0; column < first; column++) {
      findAnywhere(column, x.at(column), y.at(column));
    }
    findInside(first, last, x, y);
    for (int column = last; column < width; column++) {
      findAnywhere(column, x.at(column), y.at(column));
    }
  }

  /** Where all neighbours are pixels of the image. */
  private void findInside(int first, int last, PlaceFunction functionX, PlaceFunction functionY) {
    for (int column = first; column < last; column++) {
      float x = functionX.at(column);
      float y = functionY.at(column);
      int left = (int) x;
      int top = (int) y;
      offsets[column] = top * width + left;
      float nearRight = x - left;
      float nearBottom = y - top;
      float nearLeft = 1 - nearRight;
      float nearTop = 1 - nearBottom;
      topLeft[column] = nearLeft * nearTop;
      topRight[column] = nearRight * nearTop;
      bottomLeft[column] = nearLeft * nearBottom;
      bottomRight[column] = nearRight * nearBottom;
    }
  }

  private void findAnywhere(int column, float x, float y) {
    columns.find(bordered(x, width), width);
    rows.find(bordered(y, height), height);
    offsets[column] = rows.first * width + columns.first;
    topLeft[column] = columns.weightOfFirst * rows.weightOfFirst;
    topRight[column] = columns.weightOfSecond * rows.weightOfFirst;
    bottomLeft[column] = columns.weightOfFirst * rows.weightOfSecond;
    bottomRight[column] = columns.weightOfSecond * rows.weightOfSecond;
  }

  /** Finds the nearest pixel for each output pixel. */
  void findNearest(PlaceFunction x, PlaceFunction y) {
    for (int column = 0; column < width; column++) {
      float nearestX = (float) Math.rint(bordered(x.at(column), width));
      float nearestY = (float) Math.rint(bordered(y.at(column), height));
      boolean inside = nearestX >= 0 && nearestX < width && nearestY >= 0 && nearestY < height;
      offsets[column] = inside ? width * (int) nearestY + (int) nearestX : BLACK;
    }
  }

  /** Where is read instead of a place outside the image. */
  private float bordered(float place, int size) {
    return switch (border) {
      case ZEROS -> place;
      case EDGE -> inside(place, size);
      case REFLECTION -> inside(mirrored(place, 2 * size), size);
    };
  }

  private static float inside(float place, int size) {
    return Math.min(size - 1, Math.max(0, place));
  }

  private static float mirrored(float place, float period) {
    float distance = Math.abs(place + 0.5f);
    float rest = Math.fma(-period, (float) Math.floor(distance / period), distance);
    return Math.min(rest, period - rest) - 0.5f;
  }

  /** Two neighbours along one axis that are both pixels; those that are not weigh nothing. */
  private static final class Neighbours {
    private int first;
    private float weightOfFirst;
    private float weightOfSecond;

    void find(float place, int size) {
      float before = (float) Math.floor(place);
      float nearSecond = place - before;
      float nearFirst = 1 - nearSecond;
      weightOfFirst = 0;
      weightOfSecond = 0;
      first = 0;
      if (before >= 0 && before < size - 1) {
        first = (int) before;
        weightOfFirst = nearFirst;
        weightOfSecond = nearSecond;
      } else if (before == -1) {
        weightOfFirst = nearSecond;
      } else if (before == size - 1) {
        first = Math.max(0, size - 2);
        if (size == 1) {
          weightOfFirst = nearFirst;
        } else {
          weightOfSecond = nearFirst;
        }
      }
    }
  }
}
