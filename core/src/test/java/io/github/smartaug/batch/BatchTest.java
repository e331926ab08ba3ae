package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTest {
  private TensorScope scope;
  private Tensor images;

  @BeforeEach
  void makeImages() {
    scope = TensorScope.open();
    images = Tensors.of(new float[8], 2, 1, 2, 2);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void images_with_their_labels_are_a_batch() {
    assertThat(new Batch(images, Tensors.of(new long[] {0, 300}, 2)).size()).isEqualTo(2);
    Tensor none = Tensors.of(new float[0], 0, 1, 2, 2);
    assertThat(new Batch(none, Tensors.of(new long[0], 0)).size()).isZero();
  }

  /** Not all class indices fit: 200 is -56 as a signed byte, 2^24 + 1 is 2^24 as a float. */
  @ParameterizedTest
  @EnumSource(names = {"Byte", "Char", "Short", "Int", "Float", "Double", "Bool"})
  void labels_of_another_type_are_refused(ScalarType type) {
    Tensor labels = Tensors.of(new long[] {0, 1}, 2).to(type);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(images, labels))
        .withMessage(
            "batch: images [2, 1, 2, 2] with labels [2] of type %s, allowed: [B,C,H,W] with [B] of"
                + " type int64",
            type);
  }

  @Test
  void other_shapes_are_refused() {
    Tensor labels = Tensors.of(new long[] {0, 1}, 2);
    Tensor three = Tensors.of(new long[3], 3);
    Tensor columns = Tensors.of(new long[2], 2, 1);
    Tensor single = Tensors.of(new float[8], 2, 2, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(images, three))
        .withMessageContaining("with labels [3] of type Long, allowed: [B,C,H,W] with [B]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(images, columns))
        .withMessageContaining("with labels [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(single, labels))
        .withMessageContaining("images [2, 2, 2] with labels [2]");
  }
}
