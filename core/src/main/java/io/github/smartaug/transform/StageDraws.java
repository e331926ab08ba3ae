package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * What was drawn for the images of a batch at all positions, as tensors that are computed together.
 *
 * @param set the transforms to choose from
 * @param chosen indices of transforms in the set, [position][image]
 * @param uniforms draws in [0,1) that place the values in their ranges, [position][image]
 * @param height of the images, in pixels
 * @param width of the images, in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record StageDraws(TransformSet set, int[][] chosen, double[][] uniforms, int height, int width) {

  /** All choices, [N*B], by position, then image. */
  int[] flatChosen() {
    return Stream.of(chosen).flatMapToInt(java.util.Arrays::stream).toArray();
  }

  /**
   * The values: each is a linear function of its transform's magnitude.
   *
   * @param flatChosen {@link #flatChosen()} as indices
   * @param magnitudes one per transform of the set, [T]
   * @return [N*B], of the magnitudes' type
   */
  Tensor values(Tensor flatChosen, Tensor magnitudes) {
    ValueCoefficients[] coefficients =
        set.transforms().stream()
            .map(named -> named.mapping().coefficients(height, width))
            .toArray(ValueCoefficients[]::new);
    int count = Math.toIntExact(flatChosen.numel());
    double[] startsAndSlopes = new double[2 * count];
    int next = 0;
    for (int n = 0; n < chosen.length; n++) {
      for (int i = 0; i < chosen[n].length; i++) {
        ValueCoefficients own = coefficients[chosen[n][i]];
        startsAndSlopes[next] = own.value(0, uniforms[n][i]);
        startsAndSlopes[count + next] = own.value(1, uniforms[n][i]) - startsAndSlopes[next];
        next++;
      }
    }
    try (Scope scope = Scope.open()) {
      Tensor table = Tensors.constant(startsAndSlopes, magnitudes, 2, count);
      Tensor own = magnitudes.index_select(0, flatChosen);
      return scope.keep(table.select(0, 0).addcmul(table.select(0, 1), own));
    }
  }

  /**
   * The inverse matrices of affine transforms; the identity for others.
   *
   * @param flatChosen {@link #flatChosen()} as indices
   * @param values [N*B]
   * @return [N*B,2,3]
   */
  Tensor matrices(Tensor flatChosen, Tensor values) {
    List<AffineCoefficients> rows = new ArrayList<>(set.size());
    for (NamedTransform named : set.transforms()) {
      rows.add(
          named.transform() instanceof AffineTransform affine
              ? affine.coefficients(height, width)
              : AffineCoefficients.identity());
    }
    try (Scope scope = Scope.open()) {
      Tensor coefficients = AffineCoefficients.table(rows, values).index_select(0, flatChosen);
      return scope.keep(AffineCoefficients.matrices(coefficients, values));
    }
  }
}
