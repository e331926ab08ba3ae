package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The vector-Jacobian product of a function, as a function of its inputs and of the cotangents
 * behind them.
 *
 * @param function that is differentiated
 * @param inputs number of its inputs; those that require a gradient get one
 * @param outputs positions of the outputs that have a cotangent
 */
record Pullback(Recomputation.DifferentiableFunction function, int inputs, List<Integer> outputs)
    implements Recomputation.DifferentiableFunction {
  /** With its history. */
  @Override
  public List<Tensor> apply(List<Tensor> arguments) {
    return products(arguments, Tensors.Graph.CREATE);
  }

  /** Without it. */
  List<Tensor> values(List<Tensor> leaves) {
    return products(leaves, Tensors.Graph.FREE);
  }

  private List<Tensor> products(List<Tensor> arguments, Tensors.Graph graph) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> results = function.apply(arguments.subList(0, inputs));
      List<Tensor> differentiable = new ArrayList<>();
      List<Tensor> cotangents = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        Tensor result = results.get(outputs.get(i));
        if (result.requires_grad()) {
          differentiable.add(result);
          cotangents.add(arguments.get(inputs + i));
        }
      }
      List<Tensor> asked =
          arguments.subList(0, inputs).stream().filter(Tensor::requires_grad).toList();
      return scope.keep(Tensors.gradients(differentiable, asked, cotangents, graph));
    }
  }
}
