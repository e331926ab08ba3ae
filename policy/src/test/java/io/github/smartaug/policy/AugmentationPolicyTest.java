package io.github.smartaug.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users rely on, whatever the policy. */
class AugmentationPolicyTest {
  private static final PixelFormat PLANAR = PixelFormat.planar(3, 24, 17);
  private static final PixelFormat INTERLEAVED = PixelFormat.interleaved(24, 17, 3);

  private final AugmentationPolicy policy = policy();

  private static AugmentationPolicy policy() {
    try (TensorScope scope = TensorScope.open()) {
      return LibraryTwin.independent(TransformSets.named("everything"), PolicyOptions.learned(2))
          .own();
    }
  }

  private static float[] image() {
    return LibraryTwin.levels(PLANAR, RandomStream.seeded(2));
  }

  private static float[] interleaved(float[] planar) {
    float[] result = new float[planar.length];
    int area = planar.length / 3;
    for (int i = 0; i < result.length; i++) {
      result[i] = planar[i % 3 * area + i / 3];
    }
    return result;
  }

  private static byte[] levels(float[] pixels) {
    byte[] levels = new byte[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(255 * pixels[i]);
    }
    return levels;
  }

  @Test
  void seed_and_index_decide_alone_on_as_many_threads_as_there_are() {
    float[][] inTurn = new float[100][];
    Arrays.setAll(inTurn, i -> policy.augment(image(), PLANAR, 5, i));
    float[][] atOnce = new float[100][];
    IntStream.range(0, 100)
        .parallel()
        .forEach(i -> atOnce[99 - i] = policy.augment(image(), PLANAR, 5, 99 - i));
    assertThat(atOnce).isDeepEqualTo(inTurn);
    assertThat(policy.augment(image(), PLANAR, 6, 1)).isNotEqualTo(inTurn[1]);
    assertThat(IntStream.range(0, 100).mapToObj(i -> policy.draw(5, i)).distinct()).hasSize(100);
  }

  @Test
  void the_layout_does_not_matter() {
    for (int i = 0; i < 100; i++) {
      float[] planar = policy.augment(image(), PLANAR, 1, i);
      assertThat(policy.augment(interleaved(image()), INTERLEAVED, 1, i))
          .isEqualTo(interleaved(planar));
      assertThat(policy.augment(levels(image()), PLANAR, 1, i)).isEqualTo(levels(planar));
      assertThat(policy.augment(levels(interleaved(image())), INTERLEAVED, 1, i))
          .isEqualTo(levels(interleaved(planar)));
    }
  }

  @Test
  void a_grey_image_is_the_same_in_both_layouts() {
    float[] grey = Arrays.copyOf(image(), 24 * 17);
    for (int i = 0; i < 30; i++) {
      assertThat(policy.augment(grey, PixelFormat.interleaved(24, 17, 1), 1, i))
          .isEqualTo(policy.augment(grey, PixelFormat.planar(1, 24, 17), 1, i));
    }
  }

  @Test
  void the_caller_s_pixels_stay_and_results_are_in_range() {
    float[] image = image();
    byte[] levels = levels(image);
    for (int i = 0; i < 300; i++) {
      for (float pixel : policy.augment(image, PLANAR, 3, i)) {
        assertThat(pixel).isBetween(0f, 1f);
      }
      policy.augment(levels, INTERLEAVED, 3, i);
    }
    assertThat(image).isEqualTo(image());
    assertThat(levels).isEqualTo(levels(image()));
  }

  @Test
  void a_policy_that_was_sent_elsewhere_does_the_same_there() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(policy);
      out.writeObject(policy.draw(1, 2));
      out.writeObject(PLANAR);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      AugmentationPolicy sent = (AugmentationPolicy) in.readObject();
      for (int i = 0; i < 50; i++) {
        assertThat(sent.augment(image(), PLANAR, 4, i))
            .isEqualTo(policy.augment(image(), PLANAR, 4, i));
      }
      assertThat(sent.provenance()).isEqualTo(policy.provenance()).containsKey("smartaug");
      assertThat(in.readObject()).isEqualTo(policy.draw(1, 2));
      assertThat(in.readObject()).isEqualTo(PLANAR);
    }
  }

  @Test
  void what_a_caller_does_to_an_answer_does_not_change_the_policy() {
    Arrays.fill(policy.probabilities(0), 7);
    Arrays.fill(policy.magnitudes(0), 7);
    assertThat(policy.probabilities()).doesNotContain(7);
    assertThat(policy.magnitudes()).doesNotContain(7);
  }

  @Test
  void pixels_that_are_no_image_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.augment(new float[5], PLANAR, 1, 1))
        .withMessage("pixels: 5 numbers, allowed: 1224, as 3 channels of 24 x 17 have");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.augment(new byte[0], INTERLEAVED, 1, 1))
        .withMessage("pixels: 0 numbers, allowed: 1224, as 3 channels of 24 x 17 have");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PixelFormat.planar(2, 4, 4))
        .withMessage("channels: 2, allowed: 1 (grey), 3 (red, green, blue)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PixelFormat.interleaved(0, 4, 3))
        .withMessage("height: 0, allowed: from 1 to 178956970");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PixelFormat.planar(3, 40_000, 40_000))
        .withMessage("height: 40000, allowed: from 1 to 17895");
  }

  @ParameterizedTest
  @ValueSource(floats = {255, -0.001f, 1.00001f, Float.NaN, Float.POSITIVE_INFINITY})
  void a_number_outside_the_unit_interval_is_refused(float number) {
    float[] image = image();
    image[700] = number;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.augment(image, PLANAR, 1, 1))
        .withMessage("pixels: " + number + " at 700, allowed: 0 to 1");
  }

  @Test
  void draws_of_another_policy_are_refused() {
    ImageDraw unknown = new ImageDraw(List.of(new ImageDraw.Step(28, 0.5)), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.apply(image(), PLANAR, unknown))
        .withMessage("draw: transform 28, allowed: from 0 to 27");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.apply(image(), PLANAR, new ImageDraw(List.of(), 1)))
        .withMessage("class: 1, allowed: from 0 to 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.magnitudes(-1))
        .withMessage("class: -1, allowed: from 0 to 0");
  }
}
