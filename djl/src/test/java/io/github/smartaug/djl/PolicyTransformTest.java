package io.github.smartaug.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Pipeline;
import io.github.smartaug.policy.AugmentationPolicy;
import io.github.smartaug.policy.PixelFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes out is what the policy says, in each layout and data type of DJL's images. */
class PolicyTransformTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 7;
  private static final PixelFormat INTERLEAVED = PixelFormat.interleaved(HEIGHT, WIDTH, 3);
  private static final PixelFormat PLANAR = PixelFormat.planar(3, HEIGHT, WIDTH);
  private static final Shape HWC = new Shape(HEIGHT, WIDTH, 3);
  private static final Shape CHW = new Shape(3, HEIGHT, WIDTH);
  private static final long SEED = 42;

  private final AugmentationPolicy policy = TestPolicies.several();
  private NDManager manager;

  @BeforeEach
  void start() {
    DjlNatives.assumeThere();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void end() {
    if (manager != null) {
      manager.close();
    }
  }

  private static byte[] levels(int images) {
    byte[] levels = new byte[images * INTERLEAVED.size()];
    new Random(3).nextBytes(levels);
    return levels;
  }

  private static float[] numbers(byte[] levels, float white) {
    float[] numbers = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      numbers[i] = (levels[i] & 0xFF) / white;
    }
    return numbers;
  }

  private NDArray array(byte[] levels, Shape shape) {
    return manager.create(ByteBuffer.wrap(levels), shape, DataType.UINT8);
  }

  private static byte[] bytes(NDArray array) {
    byte[] bytes = new byte[Math.toIntExact(array.size())];
    array.toByteBuffer().get(bytes);
    return bytes;
  }

  private static float[] image(float[] batch, int index) {
    int size = INTERLEAVED.size();
    return Arrays.copyOfRange(batch, index * size, (index + 1) * size);
  }

  @Test
  void bytes_are_augmented_as_the_policy_says_and_the_image_given_stays() {
    PolicyTransform transform = PolicyTransform.beforeToTensor(policy, SEED);
    byte[] image = levels(1);
    NDArray array = array(image, HWC);
    Set<Integer> different = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      NDArray augmented = transform.transform(array);
      assertThat(augmented.getDataType()).isEqualTo(DataType.UINT8);
      assertThat(augmented.getShape()).isEqualTo(HWC);
      assertThat(bytes(augmented)).isEqualTo(policy.augment(image, INTERLEAVED, SEED, i));
      different.add(Arrays.hashCode(bytes(augmented)));
    }
    assertThat(different).hasSizeGreaterThan(10);
    assertThat(bytes(array)).isEqualTo(image);
  }

  @Test
  void floats_up_to_255_are_augmented_as_the_policy_says_of_those_up_to_1() {
    PolicyTransform transform = PolicyTransform.beforeToTensor(policy, SEED);
    float[] image = numbers(levels(1), 1);
    NDArray array = manager.create(image, HWC);
    for (int i = 0; i < 20; i++) {
      NDArray augmented = transform.transform(array);
      assertThat(augmented.getDataType()).isEqualTo(DataType.FLOAT32);
      float[] expected = policy.augment(numbers(levels(1), 255), INTERLEAVED, SEED, i);
      for (int j = 0; j < expected.length; j++) {
        expected[j] *= 255;
      }
      assertThat(augmented.toFloatArray()).isEqualTo(expected);
    }
    assertThat(array.toFloatArray()).isEqualTo(image);
  }

  @Test
  void tensors_are_augmented_as_the_policy_says() {
    PolicyTransform transform = PolicyTransform.afterToTensor(policy, SEED);
    float[] image = numbers(levels(1), 255);
    NDArray array = manager.create(image, CHW);
    for (int i = 0; i < 20; i++) {
      NDArray augmented = transform.transform(array);
      assertThat(augmented.getShape()).isEqualTo(CHW);
      assertThat(augmented.toFloatArray()).isEqualTo(policy.augment(image, PLANAR, SEED, i));
    }
    assertThat(array.toFloatArray()).isEqualTo(image);
  }

  @Test
  void a_batch_is_its_images_one_after_another_whatever_the_data_type() {
    byte[] levels = levels(5);
    PolicyTransform before = PolicyTransform.beforeToTensor(policy, SEED);
    PolicyTransform after = PolicyTransform.afterToTensor(policy, SEED);
    before.transform(array(levels(2), new Shape(2).addAll(HWC)));
    NDArray augmented = before.transform(array(levels, new Shape(5).addAll(HWC)));
    float[] numbers = numbers(levels, 255);
    NDArray tensors = after.augment(manager.create(numbers, new Shape(5).addAll(CHW)), 2);
    for (int i = 0; i < 5; i++) {
      byte[] image = bytes(array(levels, new Shape(5).addAll(HWC)).get(i));
      assertThat(bytes(augmented.get(i)))
          .isEqualTo(policy.augment(image, INTERLEAVED, SEED, 2 + i));
      assertThat(tensors.get(i).toFloatArray())
          .isEqualTo(policy.augment(image(numbers, i), PLANAR, SEED, 2 + i));
    }
  }

  @Test
  void a_view_with_its_numbers_in_another_order_is_read_right() {
    byte[] levels = levels(1);
    NDArray view = array(levels, HWC).toType(DataType.FLOAT32, true).div(255).transpose(2, 0, 1);
    float[] planar = view.duplicate().toFloatArray();
    assertThat(PolicyTransform.afterToTensor(policy, SEED).augment(view, 7).toFloatArray())
        .isEqualTo(policy.augment(planar, PLANAR, SEED, 7));
    NDArray turned = array(levels, CHW).transpose(1, 2, 0);
    assertThat(bytes(PolicyTransform.beforeToTensor(policy, SEED).augment(turned, 7)))
        .isEqualTo(policy.augment(bytes(turned.duplicate()), INTERLEAVED, SEED, 7));
  }

  @Test
  void grey_images_stay_grey() {
    byte[] levels = Arrays.copyOf(levels(1), HEIGHT * WIDTH);
    NDArray augmented =
        PolicyTransform.beforeToTensor(policy, SEED)
            .transform(array(levels, new Shape(HEIGHT, WIDTH, 1)));
    assertThat(bytes(augmented))
        .isEqualTo(policy.augment(levels, PixelFormat.planar(1, HEIGHT, WIDTH), SEED, 0));
  }

  @Test
  void what_is_not_changed_keeps_its_levels_exactly() {
    float[] all = new float[256 * 3];
    for (int i = 0; i < all.length; i++) {
      all[i] = i % 256;
    }
    NDArray array = manager.create(all, new Shape(16, 16, 3));
    NDArray same =
        PolicyTransform.beforeToTensor(TestPolicies.only("identity"), SEED).transform(array);
    assertThat(same.toFloatArray()).isEqualTo(all);
  }

  @Test
  void inverting_shows_that_white_is_255_before_to_tensor_and_1_after() {
    AugmentationPolicy invert = TestPolicies.only("invert");
    NDArray dark = manager.zeros(HWC);
    assertThat(PolicyTransform.beforeToTensor(invert, SEED).transform(dark).toFloatArray())
        .containsOnly(255);
    assertThat(
            PolicyTransform.afterToTensor(invert, SEED)
                .transform(manager.zeros(CHW))
                .toFloatArray())
        .containsOnly(1);
  }

  @Test
  void a_pipeline_may_augment_before_to_tensor_or_after_it() {
    NDArray image = manager.create(numbers(levels(1), 1), HWC);
    Pipeline before =
        new Pipeline().add(PolicyTransform.beforeToTensor(policy, SEED)).add(new ToTensor());
    Pipeline after =
        new Pipeline().add(new ToTensor()).add(PolicyTransform.afterToTensor(policy, SEED));
    for (int i = 0; i < 20; i++) {
      float[] first = before.transform(new NDList(image)).singletonOrThrow().toFloatArray();
      float[] second = after.transform(new NDList(image)).singletonOrThrow().toFloatArray();
      for (int j = 0; j < first.length; j++) {
        assertThat(first[j]).isBetween(second[j] - 1e-6f, second[j] + 1e-6f);
      }
    }
  }

  @Test
  void the_result_lives_as_long_as_the_image_that_was_given() {
    NDArray augmented;
    try (NDManager shortLived = manager.newSubManager()) {
      NDArray image = shortLived.zeros(HWC);
      augmented = PolicyTransform.beforeToTensor(policy, SEED).transform(image);
      assertThat(augmented.getManager()).isSameAs(shortLived);
      assertThat(augmented.getDevice()).isEqualTo(image.getDevice());
    }
    assertThat(augmented.isReleased()).isTrue();
  }

  @Test
  void threads_that_share_a_transform_share_its_count() {
    PolicyTransform transform = PolicyTransform.beforeToTensor(policy, SEED);
    byte[] image = levels(1);
    Set<ByteBuffer> expected = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      expected.add(ByteBuffer.wrap(policy.augment(image, INTERLEAVED, SEED, i)));
    }
    Set<ByteBuffer> found = new HashSet<>();
    IntStream.range(0, 200)
        .parallel()
        .mapToObj(i -> ByteBuffer.wrap(bytes(transform.transform(array(image, HWC)))))
        .toList()
        .forEach(found::add);
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void seed_and_index_decide_alone_if_the_caller_names_the_index() {
    NDArray image = array(levels(1), HWC);
    PolicyTransform transform = PolicyTransform.beforeToTensor(policy, SEED);
    byte[] once = bytes(transform.augment(image, 3));
    transform.transform(image);
    assertThat(bytes(transform.augment(image, 3))).isEqualTo(once);
    assertThat(bytes(PolicyTransform.beforeToTensor(policy, SEED + 1).augment(image, 3)))
        .isNotEqualTo(once);
  }

  @Test
  void what_is_no_image_is_refused_in_one_line() {
    PolicyTransform before = PolicyTransform.beforeToTensor(policy, SEED);
    PolicyTransform after = PolicyTransform.afterToTensor(policy, SEED);
    refused(
        before,
        manager.zeros(new Shape(28, 28)),
        "shape before ToTensor: (28, 28), allowed: (H, W, C) or (N, H, W, C)");
    refused(
        before,
        manager.zeros(new Shape(3, 28, 28)),
        "shape before ToTensor: (3, 28, 28), allowed: (H, W, C) or (N, H, W, C) with 1 or 3"
            + " channels, not empty");
    refused(
        after,
        manager.zeros(new Shape(8, 28, 28, 3)),
        "shape after ToTensor, before Normalize: (8, 28, 28, 3), allowed: (C, H, W) or (N, C, H,"
            + " W) with 1 or 3 channels, not empty");
    refused(
        before,
        manager.zeros(HWC, DataType.INT64),
        "data type before ToTensor: int64, allowed: uint8, float32");
    refused(
        after,
        manager.zeros(CHW, DataType.UINT8),
        "data type after ToTensor, before Normalize: uint8, allowed: float32");
  }

  @Test
  void a_number_that_is_no_pixel_is_refused_in_one_line() {
    PolicyTransform before = PolicyTransform.beforeToTensor(policy, SEED);
    PolicyTransform after = PolicyTransform.afterToTensor(policy, SEED);
    float[] image = numbers(levels(1), 255);
    image[17] = 255.5f;
    refused(
        before,
        manager.create(image, HWC),
        "pixels before ToTensor: 255.5 at 17, allowed: 0 to 255");
    image[17] = Float.NaN;
    refused(
        before, manager.create(image, HWC), "pixels before ToTensor: NaN at 17, allowed: 0 to 255");
    image[17] = -0.5f;
    refused(
        after,
        manager.create(image, CHW),
        "pixels after ToTensor, before Normalize: -0.5 at 17, allowed: 0 to 1");
    image[17] = 1.5f;
    refused(
        after,
        manager.create(image, CHW),
        "pixels after ToTensor, before Normalize: 1.5 at 17, allowed: 0 to 1");
  }

  private static void refused(PolicyTransform transform, NDArray image, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transform.transform(image))
        .withMessage(message);
  }
}
