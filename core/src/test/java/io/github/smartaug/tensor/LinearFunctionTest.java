package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LinearFunctionTest {
  /** Not adjoint to each other, to see which is used for what. */
  private static final LinearFunction THREEFOLD =
      new LinearFunction(x -> x.mul(new Scalar(3)), gradient -> gradient.mul(new Scalar(5)));

  @Test
  void values_come_from_the_function_and_gradients_from_the_adjoint() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = leaf(1, 2);
      Tensor result = THREEFOLD.apply(leaf.get("x").square());
      assertThat(Tensors.toDoubles(result)).containsExactly(3, 12);
      Tensor gradient = Tensors.gradients(result.sum(), leaf).get("x");
      assertThat(Tensors.toDoubles(gradient)).containsExactly(5 * 2, 5 * 4);
    }
  }

  @Test
  void the_gradient_can_be_differentiated_again() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = leaf(2);
      Tensor sum = THREEFOLD.apply(leaf.get("x").pow(new Scalar(3))).sum();
      NamedTensors first = Tensors.differentiableGradients(sum, leaf);
      Tensor second = Tensors.gradients(first.get("x").sum(), leaf).get("x");
      assertThat(Tensors.toDoubles(second)).containsExactly(5 * 6 * 2);
    }
  }

  @Test
  void what_needs_no_gradient_gets_none() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = leaf(1);
      assertThat(THREEFOLD.apply(leaf.get("x").detach()).requires_grad()).isFalse();
      try (AutoGradMode off = new AutoGradMode(false)) {
        assertThat(THREEFOLD.apply(leaf.get("x")).requires_grad()).isFalse();
      }
    }
  }

  @Test
  void dual_numbers_go_through_the_function_itself() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors at = NamedTensors.of("x", Tensors.of(new double[] {1, 2}, 2));
      NamedTensors direction = NamedTensors.of("x", Tensors.of(new double[] {1, -1}, 2));
      Tensor derivative =
          DualNumbers.derivativeAlong(
              direction, at, arguments -> THREEFOLD.apply(arguments.get("x").square()));
      assertThat(Tensors.toDoubles(derivative)).containsExactly(3 * 2, -3 * 4);
    }
  }

  /** As the threads of libtorch that compute gradients on other devices. */
  @Test
  void a_thread_without_scopes_holds_one_result_of_the_adjoint() {
    try (TensorVector results = new TensorVector(1);
        TensorVector inputs = new TensorVector(1);
        TensorVector weights = new TensorVector(1)) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors leaf = leaf(1);
        inputs.put(0, leaf.get("x"));
        weights.put(0, Tensors.of(new double[] {1}, 1));
        results.put(0, THREEFOLD.apply(leaf.get("x")));
      }
      gradient(results, inputs, weights);
      long handles = Pointer.totalCount();
      for (int i = 0; i < 50; i++) {
        gradient(results, inputs, weights);
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(handles);
    }
  }

  private static void gradient(TensorVector results, TensorVector inputs, TensorVector weights) {
    try (BoolOptional keepGraph = new BoolOptional(true);
        TensorVector gradients = torch.grad(results, inputs, weights, keepGraph, false, false)) {
      assertThat(gradients.size()).isEqualTo(1);
    }
  }

  @Test
  void a_function_outlives_the_scope_in_which_it_was_made() {
    LinearFunction function;
    try (TensorScope scope = TensorScope.open()) {
      function = new LinearFunction(x -> x.neg(), gradient -> gradient.neg());
    }
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = leaf(1);
      Tensor gradient = Tensors.gradients(function.apply(leaf.get("x")).sum(), leaf).get("x");
      assertThat(Tensors.toDoubles(gradient)).containsExactly(-1);
    }
  }

  @Test
  void hundreds_of_gradients_leave_no_memory_behind() {
    for (int i = 0; i < 20; i++) {
      gradientOfAMillion();
    }
    long handles = Pointer.totalCount();
    long before = TorchRuntime.residentBytes();
    for (int i = 0; i < 200; i++) {
      gradientOfAMillion();
    }
    assertThat(Pointer.totalCount()).as("live native objects").isLessThanOrEqualTo(handles);
    // One tensor left behind by each would be 1.6 GB.
    assertThat(TorchRuntime.residentBytes() - before).isLessThan(300_000_000);
  }

  private static void gradientOfAMillion() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor ones = Tensors.full(1, leaf(1).get("x"), 1_000_000);
      NamedTensors inputs = NamedTensors.of("x", ones).asLeaves();
      Tensor result = THREEFOLD.apply(inputs.get("x"));
      Tensors.vectorJacobianProduct(List.of(result), inputs.tensors(), List.of(ones));
    }
  }

  private static NamedTensors leaf(double... values) {
    return NamedTensors.of("x", Tensors.of(values, values.length)).asLeaves();
  }
}
