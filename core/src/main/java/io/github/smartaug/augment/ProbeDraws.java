package io.github.smartaug.augment;

/**
 * Draws for a paired probe of a policy: every image with every transform of the set at one of its
 * positions, everything else being equal. What two alternatives of an image have in common, such as
 * the other transforms, falls out of their difference.
 *
 * @param draws of A copies of B images, copy by copy: alternative a of image i is at {@code a * B +
 *     i}
 * @param alternatives of each image, A
 * @param positions the one of each image that varies, [image]
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, never compared
public record ProbeDraws(Draws draws, int alternatives, int[] positions) {
  /**
   * Puts every transform at one position of every image.
   *
   * @param once draws of B images
   * @param positions that vary, [image]
   * @param transforms of the set, T
   */
  public static ProbeDraws of(Draws once, int[] positions, int transforms) {
    int images = once.images();
    int[][] chosen = new int[once.length()][transforms * images];
    double[][] uniforms = new double[once.length()][transforms * images];
    int[] classes = new int[transforms * images];
    for (int a = 0; a < transforms; a++) {
      System.arraycopy(once.classes(), 0, classes, a * images, images);
      for (int n = 0; n < once.length(); n++) {
        System.arraycopy(once.transforms()[n], 0, chosen[n], a * images, images);
        System.arraycopy(once.uniforms()[n], 0, uniforms[n], a * images, images);
      }
      for (int i = 0; i < images; i++) {
        chosen[positions[i]][a * images + i] = a;
      }
    }
    return new ProbeDraws(new Draws(chosen, uniforms, classes), transforms, positions);
  }

  /** Number of images, B. */
  public int images() {
    return positions.length;
  }
}
