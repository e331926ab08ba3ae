package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What was drawn for the images of a batch at all positions, as tensors that are computed together.
 *
 * @param set the transforms to choose from
 * @param chosen indices of transforms in the set, or {@link TransformStage#NOTHING},
 *     [position][image]
 * @param uniforms draws in [0,1) that place the values in their ranges, [position][image]
 * @param height of the images, in pixels
 * @param width of the images, in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record StageDraws(TransformSet set, int[][] chosen, double[][] uniforms, int height, int width) {

  /** All choices, [N*B], by position, then image; nothing is the one after the last transform. */
  int[] flatChosen() {
    return Stream.of(chosen)
        .flatMapToInt(Arrays::stream)
        .map(index -> index == TransformStage.NOTHING ? set.size() : index)
        .toArray();
  }

  /**
   * The values: each is a linear function of its transform's magnitude.
   *
   * @param flatChosen {@link #flatChosen()} as indices
   * @param magnitudes one per transform of the set, [T]
   * @return [N*B], of the magnitudes' type; of nothing, 0
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
        if (chosen[n][i] != TransformStage.NOTHING) {
          ValueCoefficients own = coefficients[chosen[n][i]];
          startsAndSlopes[next] = own.value(0, uniforms[n][i]);
          startsAndSlopes[count + next] = own.value(1, uniforms[n][i]) - startsAndSlopes[next];
        }
        next++;
      }
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor table = Tensors.constant(startsAndSlopes, magnitudes, 2, count);
      Tensor own = torch.constant_pad_nd(magnitudes, 0, 1).index_select(0, flatChosen);
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
    List<AffineCoefficients> rows = new ArrayList<>(set.size() + 1);
    for (NamedTransform named : set.transforms()) {
      rows.add(
          named.transform() instanceof AffineTransform affine
              ? affine.coefficients(height, width)
              : AffineCoefficients.identity());
    }
    rows.add(AffineCoefficients.identity());
    try (TensorScope scope = TensorScope.open()) {
      Tensor coefficients = AffineCoefficients.table(rows, values).index_select(0, flatChosen);
      return scope.keep(AffineCoefficients.matrices(coefficients, values));
    }
  }

  /**
   * How all transforms move pixels, affine or by a shift.
   *
   * @param flatChosen {@link #flatChosen()} as indices
   * @param values [N*B]
   * @return inverse matrices, [N*B,2,3]
   */
  Tensor motions(Tensor flatChosen, Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor motions = matrices(flatChosen, values);
      for (int t = 0; t < set.size(); t++) {
        if (set.transforms().get(t).transform() instanceof ShiftingTransform shifting) {
          motions = motions.sub(shifts(t, shifting, values));
        }
      }
      return scope.keep(motions);
    }
  }

  /** Shifts by one transform in the last column, zeros elsewhere, [N*B,2,3]. */
  private Tensor shifts(int transform, ShiftingTransform shifting, Tensor values) {
    int[] all = flatChosen();
    int[] members = IntStream.range(0, all.length).filter(i -> all[i] == transform).toArray();
    double[] draws = Stream.of(uniforms).flatMapToDouble(Arrays::stream).toArray();
    double[] own = IntStream.of(members).mapToDouble(i -> draws[i]).toArray();
    try (TensorScope scope = TensorScope.open()) {
      Tensor indices = Tensors.indices(members, values);
      Tensor shifts = shifting.shifts(values.index_select(0, indices), Seeds.ofUniforms(own)).t();
      Tensor none = torch.zeros(new long[] {all.length, 2}, values.options());
      Tensor columns = none.index_copy(0, indices, shifts).view(-1, 2, 1);
      return scope.keep(torch.constant_pad_nd(columns, 2, 0));
    }
  }
}
