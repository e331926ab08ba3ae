package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TensorScopeTest {
  private static Tensor ones() {
    return torch.ones(2);
  }

  @Test
  void temporaries_are_freed_at_the_end() {
    Tensor tensor;
    Scalar scalar;
    try (TensorScope scope = TensorScope.open()) {
      tensor = ones();
      scalar = new Scalar(1);
    }

    assertThat(tensor.isNull()).isTrue();
    assertThat(scalar.isNull()).isTrue();
  }

  @Test
  void a_kept_value_lives_until_the_end_of_the_enclosing_scope() {
    Tensor kept;
    try (TensorScope outer = TensorScope.open()) {
      try (TensorScope inner = TensorScope.open()) {
        kept = inner.keep(ones());
      }
      assertThat(Tensors.toFloats(kept)).containsExactly(1, 1);
    }

    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void a_kept_value_without_enclosing_scope_belongs_to_the_caller() {
    Tensor kept;
    try (TensorScope scope = TensorScope.open()) {
      kept = scope.keep(ones());
    }

    assertThat(Tensors.toFloats(kept)).containsExactly(1, 1);
    kept.close();
    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void a_value_kept_by_every_scope_around_it_rises_to_the_outermost() {
    Tensor kept;
    try (TensorScope first = TensorScope.open()) {
      try (TensorScope second = TensorScope.open()) {
        try (TensorScope third = TensorScope.open()) {
          kept = second.keep(third.keep(ones()));
        }
        assertThat(kept.isNull()).isFalse();
      }
      assertThat(kept.isNull()).isFalse();
      assertThat(kept.referenceCount()).isEqualTo(1);
    }

    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void a_value_of_a_scope_further_out_stays_where_it_is() {
    try (TensorScope first = TensorScope.open()) {
      Tensor argument = ones();
      try (TensorScope second = TensorScope.open()) {
        try (TensorScope third = TensorScope.open()) {
          third.keep(argument);
        }
      }
      assertThat(Tensors.toFloats(argument)).containsExactly(1, 1);
    }
  }

  @Test
  void keeping_twice_is_keeping_once() {
    Tensor kept;
    try (TensorScope outer = TensorScope.open()) {
      try (TensorScope inner = TensorScope.open()) {
        kept = inner.keep(inner.keep(ones()));
      }
      assertThat(kept.referenceCount()).isEqualTo(1);
    }

    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void an_early_value_is_kept_among_many() {
    Tensor kept;
    Tensor last = null;
    try (TensorScope outer = TensorScope.open()) {
      try (TensorScope inner = TensorScope.open()) {
        kept = ones();
        for (int i = 0; i < 1000; i++) {
          last = ones();
        }
        inner.keep(kept);
      }
      assertThat(Tensors.toFloats(kept)).containsExactly(1, 1);
      assertThat(last.isNull()).isTrue();
    }
  }

  @Test
  void all_values_of_a_collection_or_a_named_set_are_kept() {
    try (TensorScope outer = TensorScope.open()) {
      List<Tensor> list;
      NamedTensors named;
      try (TensorScope inner = TensorScope.open()) {
        list = inner.keep(List.of(ones(), ones()));
        named = inner.keep(NamedTensors.of(Map.of("a", ones(), "b", ones())));
      }
      assertThat(list).noneMatch(tensor -> tensor.isNull());
      assertThat(named.tensors()).noneMatch(tensor -> tensor.isNull());
    }
  }

  @Test
  void an_exception_frees_as_well() {
    Tensor[] tensor = new Tensor[1];

    assertThatThrownBy(
            () -> {
              try (TensorScope scope = TensorScope.open()) {
                tensor[0] = ones();
                throw new IllegalStateException("bug");
              }
            })
        .hasMessage("bug");

    assertThat(tensor[0].isNull()).isTrue();
    assertThat(PointerScope.getInnerScope()).as("the scope is closed").isNull();
  }

  @Test
  void the_history_of_a_kept_value_survives_the_handles_of_its_scope() {
    try (TensorScope outer = TensorScope.open()) {
      Tensor leaf = Tensors.of(new double[] {3}, 1).requires_grad_(true);
      Tensor result;
      try (TensorScope inner = TensorScope.open()) {
        Tensor square = leaf.mul(leaf);
        result = inner.keep(square.mul(leaf).sum());
      }
      NamedTensors gradients = Tensors.gradients(result, NamedTensors.of("x", leaf));
      assertThat(Tensors.toDoubles(gradients.get("x"))).containsExactly(27);
    }
  }

  @Test
  void a_handle_that_owns_nothing_is_refused_and_its_copy_is_kept() {
    try (TensorScope outer = TensorScope.open()) {
      Tensor copy;
      try (TensorScope inner = TensorScope.open()) {
        TensorVector vector = new TensorVector(ones(), ones());
        Tensor element = vector.get(1);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> inner.keep(element))
            .withMessageStartingWith("Tensor does not own its memory");
        copy = inner.keep(new Tensor(element));
      }
      assertThat(Tensors.toFloats(copy)).containsExactly(1, 1);
    }
  }

  @Test
  void a_closed_value_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = ones();
      tensor.close();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> scope.keep(tensor))
          .withMessage("Tensor is closed already");
    }
  }

  @Test
  void a_closed_scope_keeps_nothing_and_may_be_closed_again() {
    TensorScope scope = TensorScope.open();
    scope.close();

    try (TensorScope other = TensorScope.open()) {
      Tensor tensor = ones();
      assertThatIllegalStateException().isThrownBy(() -> scope.keep(tensor));
      assertThatCode(scope::close).doesNotThrowAnyException();
      assertThat(tensor.isNull()).isFalse();
    }
  }

  @Test
  void another_thread_has_its_own_scopes_and_cannot_close_these() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = ones();
      CompletableFuture.runAsync(
              () -> {
                assertThatIllegalStateException().isThrownBy(scope::close);
                try (TensorScope own = TensorScope.open()) {
                  ones();
                }
              })
          .join();
      assertThat(Tensors.toFloats(tensor)).containsExactly(1, 1);
    }
  }

  @Test
  @SuppressWarnings("unchecked") // PointerScope takes an array of a generic type
  void a_scope_of_javacpp_around_takes_only_the_classes_that_it_is_for() {
    Tensor kept;
    try (PointerScope all = new PointerScope()) {
      try (PointerScope floats = new PointerScope(FloatPointer.class)) {
        try (TensorScope scope = TensorScope.open()) {
          kept = scope.keep(ones());
        }
      }
      assertThat(kept.isNull()).isFalse();
    }

    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void the_memory_of_many_steps_does_not_add_up() {
    long elements = 1_000_000;
    long bytesOfAllSteps = 500 * 3 * elements * Float.BYTES;
    for (int i = 0; i < 50; i++) {
      step(elements);
    }
    long countBefore = Pointer.totalCount();
    long bytesBefore = TorchRuntime.residentBytes();

    for (int i = 0; i < 500; i++) {
      step(elements);
    }

    assertThat(Pointer.totalCount()).as("live native objects").isLessThanOrEqualTo(countBefore);
    assertThat(TorchRuntime.residentBytes() - bytesBefore)
        .as("growth of resident memory")
        .isLessThan(bytesOfAllSteps / 100);
  }

  private static void step(long elements) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor leaf = torch.ones(elements).requires_grad_(true);
      Tensor loss = leaf.mul(leaf).sum();
      Tensors.gradients(loss, NamedTensors.of("x", leaf));
    }
  }
}
