package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ArenaTest {
  @Test
  void a_held_value_outlives_its_scope_and_is_freed_with_the_arena() {
    Arena arena = new Arena();
    Tensor tensor;
    try (TensorScope scope = TensorScope.open()) {
      tensor = arena.hold(torch.ones(2));
    }

    assertThat(arena.size()).isEqualTo(1);
    assertThat(Tensors.toFloats(tensor)).containsExactly(1, 1);
    arena.close();
    assertThat(tensor.isNull()).isTrue();
    assertThat(arena.size()).isZero();
  }

  @Test
  void a_value_still_in_its_scope_survives_the_arena() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = torch.ones(2);
      try (Arena arena = new Arena()) {
        arena.hold(tensor);
      }
      assertThat(Tensors.toFloats(tensor)).containsExactly(1, 1);
    }
  }

  @Test
  void a_value_held_by_two_arenas_lives_as_long_as_the_longer_one() {
    Arena first = new Arena();
    Arena second = new Arena();
    Tensor tensor;
    try (TensorScope scope = TensorScope.open()) {
      tensor = second.hold(first.hold(torch.ones(2)));
    }

    first.close();
    assertThat(Tensors.toFloats(tensor)).containsExactly(1, 1);
    second.close();
    assertThat(tensor.isNull()).isTrue();
  }

  @Test
  void a_value_made_outside_all_scopes_can_be_held() {
    TorchRuntime.initialize();
    Tensor tensor = torch.ones(2);
    try (Arena arena = new Arena()) {
      arena.hold(tensor);
    }

    assertThat(tensor.isNull()).isTrue();
  }

  @Test
  void a_held_value_may_be_kept_by_its_scope_as_well() {
    try (Arena arena = new Arena();
        TensorScope outer = TensorScope.open()) {
      Tensor tensor;
      try (TensorScope inner = TensorScope.open()) {
        tensor = inner.keep(arena.hold(torch.ones(2)));
      }
      assertThat(tensor.referenceCount()).isEqualTo(2);
    }
  }

  @Test
  void all_tensors_of_a_named_set_are_held_and_the_arena_can_be_used_again() {
    try (Arena arena = new Arena()) {
      for (int round = 0; round < 2; round++) {
        NamedTensors named;
        try (TensorScope scope = TensorScope.open()) {
          named = arena.hold(NamedTensors.of(Map.of("a", torch.ones(1), "b", torch.ones(1))));
        }
        assertThat(arena.size()).isEqualTo(2);
        assertThat(named.tensors()).noneMatch(tensor -> tensor.isNull());
        arena.close();
        assertThat(named.tensors()).allMatch(tensor -> tensor.isNull());
      }
    }
  }

  @Test
  void a_handle_that_owns_nothing_is_refused() {
    try (TensorScope scope = TensorScope.open();
        Arena arena = new Arena()) {
      Tensor element = new TensorVector(torch.ones(1)).get(0);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> arena.hold(element))
          .withMessageContaining("does not own its memory");
    }
  }
}
