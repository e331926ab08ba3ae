package io.github.smartaug.nn;

import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention of several heads without its linear layers, {@code softmax(Q K^T / sqrt(d)) V};
 * Vaswani et al., "Attention Is All You Need", NIPS 2017. From [B,T,3D], queries, keys and values
 * one behind the other, to [B,T,D].
 *
 * <p>It consists of matrix products and a softmax, because libtorch's fused attention has no second
 * derivative.
 *
 * @param heads number of heads, which divides D
 */
public record ScaledDotProductAttention(int heads) implements Layer {
  private static final long LAST = -1;

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Projections projections = split(input);
      Tensor shares = softmax(projections.scores(projections.queries, projections.keys));
      pass.leave(shares);
      return scope.keep(joined(shares.matmul(projections.values)));
    }
  }

  /** Libtorch's own does not allow that dual numbers are differentiated. */
  private static Tensor softmax(Tensor scores) {
    return DualNumbers.isActive()
        ? Tensors.logSoftmax(scores, LAST).exp()
        : torch.softmax(scores, LAST);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /**
   * With P the softmax: {@code dP V + P dV}, where {@code dP = P (dS - sum(P dS))} and {@code dS =
   * (dQ K^T + Q dK^T) / sqrt(d)}.
   */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          TangentPass.linear(
              inputTangent,
              tangent ->
                  tangent(split(tangent), split(values.input()), values.note().orElseThrow())));
    }
  }

  private static Tensor tangent(Projections tangents, Projections values, Tensor shares) {
    Tensor scores =
        values
            .scores(tangents.queries, values.keys)
            .add(values.scores(values.queries, tangents.keys));
    Tensor weighted = shares.mul(scores);
    Tensor ofShares =
        weighted.sub(shares.mul(weighted.sum(new long[] {LAST}, true, new ScalarTypeOptional())));
    return joined(ofShares.matmul(values.values).add(shares.matmul(tangents.values)));
  }

  /** [B,T,3D] to three of [B,heads,T,D/heads]. */
  private Projections split(Tensor input) {
    long features = input.size(2) / 3;
    Tensor parts =
        input
            .reshape(input.size(0), input.size(1), 3, heads, features / heads)
            .permute(2, 0, 3, 1, 4);
    return new Projections(parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
  }

  /** [B,heads,T,D/heads] to [B,T,D]. */
  private static Tensor joined(Tensor perHead) {
    return perHead.permute(0, 2, 1, 3).flatten(2, 3);
  }

  @Override
  public long multiplyAdds(Tensor input, Tensor output) {
    return 2 * output.numel() * output.size(1);
  }

  private record Projections(Tensor queries, Tensor keys, Tensor values) {
    private Tensor scores(Tensor ofQueries, Tensor ofKeys) {
      double scale = 1 / Math.sqrt((double) queries.size(LAST));
      return ofQueries.mul(new Scalar(scale)).matmul(ofKeys.transpose(2, 3));
    }
  }
}
