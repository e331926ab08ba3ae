package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphMemoryTest {
  static {
    TorchRuntime.initialize();
  }

  private final TensorScope scope = TensorScope.open();

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void every_result_counts_once_and_views_and_leaves_do_not() {
    Tensor leaf = torch.ones(10, 10).requires_grad_(true);
    Tensor square = leaf.mul(leaf);
    Tensor twice = square.add(square.t()).view(100);

    assertThat(GraphMemory.bytes(square)).isEqualTo(400);
    assertThat(GraphMemory.bytes(twice)).isEqualTo(800);
    assertThat(GraphMemory.bytes(twice.to(ScalarType.BFloat16))).isEqualTo(1000);
  }

  @Test
  void what_has_no_graph_needs_nothing() {
    assertThat(GraphMemory.bytes(torch.ones(10))).isZero();
    assertThat(GraphMemory.bytes(torch.ones(10).requires_grad_(true))).isZero();
  }
}
