package io.github.smartaug.transform;

/**
 * A convex polygon in the plane of an image: what has become of a box.
 *
 * @param xs of the corners, in order around it
 * @param ys of the corners
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConvexPolygon(double[] xs, double[] ys) {
  /** The box with these edges. */
  static ConvexPolygon ofBox(double left, double top, double right, double bottom) {
    return new ConvexPolygon(
        new double[] {left, right, right, left}, new double[] {top, top, bottom, bottom});
  }

  /** Moved by a motion. */
  ConvexPolygon moved(AffineMotion motion) {
    double[] movedX = new double[xs.length];
    double[] movedY = new double[xs.length];
    for (int i = 0; i < xs.length; i++) {
      movedX[i] = motion.x(xs[i], ys[i]);
      movedY[i] = motion.y(xs[i], ys[i]);
    }
    return new ConvexPolygon(movedX, movedY);
  }

  /** The part inside a box; without corners if there is none. */
  ConvexPolygon clipped(double left, double top, double right, double bottom) {
    return cut(1, 0, left).cut(-1, 0, -right).cut(0, 1, top).cut(0, -1, -bottom);
  }

  /**
   * The part where {@code a x + b y >= limit}.
   *
   * <p>Sutherland and Hodgman, "Reentrant polygon clipping", Communications of the ACM 1974.
   */
  private ConvexPolygon cut(double a, double b, double limit) {
    double[] cutX = new double[xs.length + 1];
    double[] cutY = new double[xs.length + 1];
    int count = 0;
    for (int i = 0; i < xs.length; i++) {
      int next = (i + 1) % xs.length;
      double here = a * xs[i] + b * ys[i] - limit;
      double there = a * xs[next] + b * ys[next] - limit;
      if (here >= 0) {
        cutX[count] = xs[i];
        cutY[count++] = ys[i];
      }
      if ((here > 0 && there < 0) || (here < 0 && there > 0)) {
        double part = here / (here - there);
        cutX[count] = xs[i] + part * (xs[next] - xs[i]);
        cutY[count++] = ys[i] + part * (ys[next] - ys[i]);
      }
    }
    return new ConvexPolygon(
        java.util.Arrays.copyOf(cutX, count), java.util.Arrays.copyOf(cutY, count));
  }

  /** Left, top, right and bottom edge of the smallest box around it; zeros without corners. */
  double[] hull() {
    if (xs.length == 0) {
      return new double[4];
    }
    double[] hull = {xs[0], ys[0], xs[0], ys[0]};
    for (int i = 1; i < xs.length; i++) {
      hull[0] = Math.min(hull[0], xs[i]);
      hull[1] = Math.min(hull[1], ys[i]);
      hull[2] = Math.max(hull[2], xs[i]);
      hull[3] = Math.max(hull[3], ys[i]);
    }
    return hull;
  }
}
