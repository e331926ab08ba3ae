package io.github.smartaug.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.bytedeco.pytorch.InputMetadata;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.SymIntArrayRef;
import org.bytedeco.pytorch.Tensor;

/** About how much memory the autograd graph behind a tensor keeps. */
public final class GraphMemory {
  /** Those without memory of their own: the leaves, and other views of the same numbers. */
  private static final Set<String> FREE =
      Set.of(
          "torch::autograd::AccumulateGrad",
          "AliasBackward0",
          "ExpandBackward0",
          "PermuteBackward0",
          "ReshapeAliasBackward0",
          "SelectBackward0",
          "SliceBackward0",
          "SqueezeBackward1",
          "TBackward0",
          "TransposeBackward0",
          "UnsafeViewBackward0",
          "UnsqueezeBackward0",
          "ViewBackward0");

  private GraphMemory() {}

  /**
   * Bytes of the results of all operations that a tensor was computed by. Some operations keep
   * their results and some their inputs, which are the results of others.
   *
   * @param result that has a gradient; 0 for one that has none
   */
  public static double bytes(Tensor result) {
    try (TensorScope scope = TensorScope.open()) {
      double bytes = 0;
      Set<Long> seen = new HashSet<>();
      Deque<Node> open = new ArrayDeque<>();
      open(result.grad_fn(), open, seen);
      while (!open.isEmpty()) {
        Node node = open.remove();
        bytes += FREE.contains(node.name().getString()) ? 0 : resultBytes(node);
        for (int i = 0; i < node.num_outputs(); i++) {
          open(node.next_edge(i).function(), open, seen);
        }
      }
      return bytes;
    }
  }

  private static void open(Node node, Deque<Node> open, Set<Long> seen) {
    if (node != null && !node.isNull() && seen.add(node.address())) {
      open.add(node);
    }
  }

  private static double resultBytes(Node node) {
    double bytes = 0;
    for (int i = 0; i < node.num_inputs(); i++) {
      InputMetadata result = node.input_metadata(i);
      if (!result.was_default_constructed()) {
        SymIntArrayRef shape = result.shape_as_dim_vector();
        double elements = 1;
        for (long dimension = 0; dimension < shape.size(); dimension++) {
          elements *= (double) shape.at(dimension).as_int_unchecked();
        }
        bytes += elements * result.dtype().itemsize();
      }
    }
    return bytes;
  }
}
