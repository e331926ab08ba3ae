package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedTensorsTest {
  private TensorScope scope;
  private NamedTensors named;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("weight", Tensors.of(new float[] {1, 2, 3, 4}, 2, 2));
    map.put("bias", Tensors.of(new float[] {5, 6}, 2));
    named = NamedTensors.of(map);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void entries_keep_the_order_in_which_they_were_given() {
    assertThat(named.names()).containsExactly("weight", "bias");
    assertThat(named.tensors()).containsExactly(named.get("weight"), named.get("bias"));
    assertThat(named.size()).isEqualTo(2);
    assertThat(named.elementCount()).isEqualTo(6);
    assertThat(named).hasToString("NamedTensors[weight[2, 2], bias[2]]");
  }

  @Test
  void the_empty_set_has_nothing() {
    assertThat(NamedTensors.empty().isEmpty()).isTrue();
    assertThat(NamedTensors.empty().elementCount()).isZero();
    assertThat(named.isEmpty()).isFalse();
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named.get("wieght"))
        .withMessage("tensor: \"wieght\", allowed: weight, bias");
  }

  @Test
  void the_set_does_not_change_with_the_map_it_was_made_of_nor_through_its_view() {
    Map<String, Tensor> map = new LinkedHashMap<>(named.asMap());
    NamedTensors set = NamedTensors.of(map);
    map.clear();

    assertThat(set.size()).isEqualTo(2);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> set.asMap().remove("bias"));
  }

  @Test
  void other_tensors_take_the_same_names_in_order() {
    List<Tensor> others = List.of(Tensors.of(new float[1], 1), Tensors.of(new float[3], 3));

    NamedTensors result = named.withTensors(others);

    assertThat(result.names()).containsExactly("weight", "bias");
    assertThat(result.tensors()).isEqualTo(others);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named.withTensors(others.subList(0, 1)))
        .withMessage("tensors: 1 of them, allowed: 2, one per name");
  }

  @Test
  void with_replaces_in_place_and_adds_at_the_end() {
    Tensor bias = Tensors.of(new float[] {7, 8}, 2);
    Map<String, Tensor> changes = new LinkedHashMap<>();
    changes.put("scale", Tensors.of(new float[] {9}, 1));
    changes.put("bias", bias);

    NamedTensors result = named.with(NamedTensors.of(changes));

    assertThat(result.names()).containsExactly("weight", "bias", "scale");
    assertThat(result.get("bias")).isSameAs(bias);
    assertThat(named.names()).containsExactly("weight", "bias");
  }

  @Test
  void functions_are_applied_to_every_tensor_under_its_name() {
    NamedTensors doubled = named.map(tensor -> tensor.mul(new Scalar(2)));
    NamedTensors onlyBias = named.map((name, t) -> name.equals("bias") ? t.neg() : t);

    assertThat(Tensors.toFloats(doubled.get("weight"))).containsExactly(2, 4, 6, 8);
    assertThat(Tensors.toFloats(onlyBias.get("bias"))).containsExactly(-5, -6);
    assertThat(onlyBias.get("weight")).isSameAs(named.get("weight"));
  }

  @Test
  void pairs_are_combined_by_name_and_not_by_position() {
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    reversed.put("bias", Tensors.of(new float[] {10, 20}, 2));
    reversed.put("weight", Tensors.of(new float[] {1, 1, 1, 1}, 2, 2));

    NamedTensors sum = named.combine(NamedTensors.of(reversed), Tensor::add);

    assertThat(sum.names()).containsExactly("weight", "bias");
    assertThat(Tensors.toFloats(sum.get("weight"))).containsExactly(2, 3, 4, 5);
    assertThat(Tensors.toFloats(sum.get("bias"))).containsExactly(15, 26);
  }

  @Test
  void a_copy_has_its_own_memory_and_leaves_share_it() {
    NamedTensors copy = named.copy();
    NamedTensors leaves = named.asLeaves();
    named.get("bias").fill_(new Scalar(0));

    assertThat(Tensors.toFloats(copy.get("bias"))).containsExactly(5, 6);
    assertThat(Tensors.toFloats(leaves.get("bias"))).containsExactly(0, 0);
    assertThat(leaves.get("bias").requires_grad()).isTrue();
    assertThat(named.get("bias").requires_grad()).isFalse();
  }

  @Test
  void detached_values_have_no_history() {
    NamedTensors computed = named.asLeaves().map(tensor -> tensor.mul(tensor));

    assertThat(computed.get("bias").requires_grad()).isTrue();
    assertThat(computed.detach().get("bias").requires_grad()).isFalse();
    assertThat(computed.asLeaves().get("bias").is_leaf()).isTrue();
  }
}
