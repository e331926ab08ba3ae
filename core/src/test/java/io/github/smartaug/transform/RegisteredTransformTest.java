package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transform from outside the library. */
class RegisteredTransformTest {
  private static final String JSON =
      """
      [
        {"name":"Dim","function":"dim","param":{"min":0.0,"max":1.0,"invScale":false,"absolute":true}}
      ]
      """;

  /** Takes a share of the light away. */
  private record Dim() implements Transform {
    @Override
    public Tensor apply(Tensor images, Tensor values) {
      return images.mul(values.neg().add(new Scalar(1)).view(-1, 1, 1, 1));
    }

    @Override
    public ValueRange allowedValues() {
      return ValueRange.between(0, 1);
    }
  }

  @BeforeEach
  void register() {
    Transforms.register("dim", new Dim());
  }

  @AfterEach
  void unregister() {
    Transforms.unregister("dim");
  }

  @Test
  void files_may_name_it_and_the_stage_applies_it() {
    TransformSet set = TransformSet.parse("mine", JSON, "mine.json");
    assertThat(set.toJson()).isEqualTo(JSON);
    assertThat(set.transforms().get(0).learnable()).isTrue();
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = TestImages.random(1, ScalarType.Double, 2, 1, 3, 3);
      Tensor result =
          new TransformStage(set)
              .apply(images, new int[2], new double[] {0.5, 0.5}, Tensors.full(0.5, images, 1));
      assertThat(Tensors.toDoubles(result))
          .containsExactly(Tensors.toDoubles(images.mul(new Scalar(0.75))));
    }
  }

  @Test
  void it_is_listed_and_found_by_name() {
    assertThat(Transforms.functions()).endsWith("dim");
    assertThat(Transforms.named("dim")).isEqualTo(new Dim());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Dim", "dim_2", "-dim", "dim-", "dim--2"})
  void other_names_are_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.register(name, new Invert()))
        .withMessage(
            "transform: the name \""
                + name
                + "\", allowed: lower-case letters, digits, single hyphens or dots between them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dim", "rotate", "translate-x"})
  void taken_names_are_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.register(name, (images, values) -> images))
        .withMessage("transform: \"" + name + "\" exists already, allowed: a new name");
  }

  @Test
  void a_function_with_axes_is_not_taken_by_one_without() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.register("translate", (images, values) -> images))
        .withMessage("transform: the function \"translate\" exists already, allowed: a new one");
  }

  @Test
  void one_transform_has_one_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.register("dimmer", new Dim()))
        .withMessage(
            "transform: \"dimmer\" does the same as \"dim\", allowed: one name for one transform");
  }

  @Test
  void the_librarys_own_cannot_be_taken_back() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.unregister("rotate"))
        .withMessage("transform: \"rotate\" is built in, allowed: one that was registered");
  }
}
