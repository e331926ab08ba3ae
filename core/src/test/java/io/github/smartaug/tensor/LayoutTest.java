package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void tensors_are_separate_if_writing_to_one_changes_no_other_number() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor some = Tensors.of(new double[] {1, 2, 3, 4}, 2, 2);
      Tensor others = Tensors.of(new double[] {5, 6}, 2);
      Tensor repeated = others.view(1, 2).expand(3, 2);

      assertThat(Layout.areSeparate(List.of(some, others))).isTrue();
      assertThat(Layout.areSeparate(List.of(some.t(), others))).isTrue();
      assertThat(Layout.areSeparate(List.of(some, others, new Tensor(some)))).isFalse();
      assertThat(Layout.areSeparate(List.of(some, some.select(0, 1)))).isFalse();
      assertThat(Layout.areSeparate(List.of(repeated))).isFalse();
      assertThat(Layout.areSeparate(List.of())).isTrue();
    }
  }
}
