package io.github.smartaug.meta;

import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything that an inner step changes.
 *
 * @param parameters of the model
 * @param optimizer state of its optimizer
 * @param buffers of the model
 */
public record InnerState(NamedTensors parameters, OptimizerState optimizer, NamedTensors buffers) {
  /** The same values without history. */
  public InnerState detach() {
    return map(NamedTensors::detach);
  }

  /** Copies of all values, without history. */
  InnerState copy() {
    return map(NamedTensors::copy);
  }

  /** Moves all tensors to the enclosing scope. */
  public InnerState keptBy(TensorScope scope) {
    return map(scope::keep);
  }

  /** Holds all tensors in an arena. */
  public InnerState heldBy(Arena arena) {
    return map(arena::hold);
  }

  /** Size of all tensors in bytes. */
  public long bytes() {
    return parameters.bytes() + optimizer.tensors().bytes() + buffers.bytes();
  }

  private InnerState map(UnaryOperator<NamedTensors> function) {
    return new InnerState(
        function.apply(parameters), optimizer.map(function), function.apply(buffers));
  }

  /**
   * What later steps and the outer loss depend on differentiably: the parameters, then the {@link
   * #statistics}, then the optimizer's slots.
   */
  List<Tensor> differentiable() {
    List<Tensor> tensors = new ArrayList<>(parameters.tensors());
    tensors.addAll(statistics().tensors());
    tensors.addAll(optimizer.tensors().tensors());
    return tensors;
  }

  /** The buffers that have derivatives: those of floating-point numbers, no counters. */
  NamedTensors statistics() {
    return statistics(buffers);
  }

  /** Those of some buffers that have derivatives. */
  static NamedTensors statistics(NamedTensors buffers) {
    return buffers.having(Tensor::is_floating_point);
  }

  /** Buffers without history, those that have derivatives as leaves of a new graph. */
  static NamedTensors leaves(NamedTensors buffers) {
    return buffers.detach().with(statistics(buffers).asLeaves());
  }

  /** All that is differentiable as leaves of a new graph; other buffers without history. */
  InnerState asLeaves() {
    return new InnerState(
        parameters.asLeaves(), optimizer.map(NamedTensors::asLeaves), leaves(buffers));
  }
}
