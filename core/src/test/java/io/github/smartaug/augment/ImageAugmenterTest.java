package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy used alone, without the trainer. */
class ImageAugmenterTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  @TempDir Path folder;

  @Test
  void somebody_s_own_loop_augments_arrays_with_a_policy_file() throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named("wide"), PolicyOptions.learned(2));
      new PolicyFile(policy, Map.of()).write(file);
    }
    float[] batch = ramp(4 * 3 * 8 * 8);
    float[] first;
    try (ImageAugmenter augmenter = ImageAugmenter.load(file, 42)) {
      first = augmenter.augment(batch, SHAPE);
      assertThat(augmenter.augment(batch, SHAPE)).isNotEqualTo(first);
    }
    assertThat(batch).isEqualTo(ramp(batch.length));
    assertThat(first).hasSize(batch.length).isNotEqualTo(batch);
    try (ImageAugmenter augmenter = ImageAugmenter.load(file, 42)) {
      assertThat(augmenter.augment(batch, SHAPE)).isEqualTo(first);
    }
  }

  @Test
  void a_tensor_an_array_and_a_buffer_are_augmented_alike() {
    try (TensorScope scope = TensorScope.open()) {
      float[] pixels = new float[2 * 3 * 8 * 8];
      ByteBuffer bytes = ByteBuffer.allocateDirect(pixels.length + 1).position(1);
      for (int i = 0; i < pixels.length; i++) {
        bytes.put(i + 1, (byte) i);
        pixels[i] = (i & 0xFF) / 255f;
      }
      Tensor ofTensor = augmenter().augment(Tensors.of(pixels, 2, 3, 8, 8));
      float[] ofArray = augmenter().augment(pixels, SHAPE);
      ByteBuffer ofBytes = augmenter().augment(bytes, SHAPE);
      assertThat(Tensors.toFloats(ofTensor)).isEqualTo(ofArray);
      assertThat(bytes.position()).isEqualTo(1);
      for (int i = 0; i < ofArray.length; i++) {
        assertThat((ofBytes.get(i) & 0xFF) / 255f).isCloseTo(ofArray[i], within(0.51f / 255));
      }
    }
  }

  @Test
  void a_picture_is_flipped_pixel_by_pixel() {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 3; x++) {
        picture.setRGB(x, y, 0xFF000000 | ((x * 40) << 16) | ((y * 90) << 8) | (x + 7 * y));
      }
    }
    try (TensorScope scope = TensorScope.open()) {
      BufferedImage flipped = augmenter("flip", "X").augment(picture);
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 3; x++) {
          assertThat(flipped.getRGB(x, y)).isEqualTo(picture.getRGB(2 - x, y));
        }
      }
    }
  }

  @Test
  void a_part_of_an_image_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> augmenter().augment(new float[193], SHAPE))
          .withMessage("193 pixels, allowed: a multiple of 192, the size of 3x8x8");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void a_picture_that_is_not_changed_keeps_its_levels(int type) {
    int[] levels = {0, 64, 128, 255};
    BufferedImage picture = new BufferedImage(4, 1, type);
    for (int x = 0; x < 4; x++) {
      for (int band = 0; band < picture.getRaster().getNumBands(); band++) {
        int level = band == 3 ? 255 : levels[x];
        picture
            .getRaster()
            .setSample(x, 0, band, type == BufferedImage.TYPE_USHORT_GRAY ? 257 * level : level);
      }
    }
    ImageAugmenter identity = new ImageAugmenter(new NoAugmentation(), RandomStream.seeded(3));
    BufferedImage same = identity.augment(picture);
    for (int x = 0; x < 4; x++) {
      assertThat(same.getRaster().getPixel(x, 0, (int[]) null))
          .containsExactly(levels[x], levels[x], levels[x]);
    }
  }

  @Test
  void levels_up_to_255_are_refused_and_not_taken_for_white() {
    try (TensorScope scope = TensorScope.open()) {
      float[] levels = new float[192];
      levels[66] = 255;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> augmenter().augment(levels, SHAPE))
          .withMessage("image 0 has 255.0 at channel 1, row 0, column 2, allowed: 0 to 1");
      Tensor bytes = Tensors.of(levels, 1, 3, 8, 8).to(ScalarType.Byte);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> augmenter().augment(bytes))
          .withMessage("images are of type Byte, allowed: Float or Double, in [0,1]");
    }
  }

  private static ImageAugmenter augmenter() {
    IndependentPolicy policy =
        IndependentPolicy.initial(TransformSets.named("wide"), PolicyOptions.learned(2))
            .withParameters(NamedTensors.empty());
    return new ImageAugmenter(policy, RandomStream.seeded(3));
  }

  private static ImageAugmenter augmenter(String function, String axis) {
    TransformSet one =
        TransformSet.parse(
            "one",
            String.format(
                "[{\"name\": \"only\", \"function\": \"%s\", \"param\": {\"axis\": \"%s\"}}]",
                function, axis),
            "test");
    return new ImageAugmenter(new TrivialAugment(one), RandomStream.seeded(3));
  }

  private static float[] ramp(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i % 97 / 96f;
    }
    return values;
  }
}
