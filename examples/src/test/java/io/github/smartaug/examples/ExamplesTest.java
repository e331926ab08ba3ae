package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  @Test
  void the_rare_class_gets_the_largest_weight() {
    double[] weights = new ClassWeights().learn(60);

    assertThat(weights[2]).isGreaterThan(1.5 * weights[0]).isGreaterThan(1.5 * weights[1]);
  }

  @Test
  void adaptation_to_a_few_points_of_a_wave_gets_better_over_the_tasks() {
    double[] losses = new SineAdaptation().learn(400);

    assertThat(SineAdaptation.mean(losses, 300)).isLessThan(0.8 * SineAdaptation.mean(losses, 0));
  }

  @Test
  void a_policy_file_is_all_that_a_loop_of_one_s_own_needs(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(2));
      new PolicyFile(policy, Map.of()).write(file);
    }
    float[] grey = new float[4 * 3 * 8 * 8];
    Arrays.fill(grey, 0.5f);

    float[] mean = PolicyInOwnLoop.meanImage(file, List.of(grey, grey), new ImageShape(3, 8, 8));

    assertThat(mean).hasSize(3 * 8 * 8);
    for (float pixel : mean) {
      assertThat(pixel).isBetween(0.05f, 0.95f);
    }
    assertThat(mean).isNotEqualTo(Arrays.copyOf(grey, mean.length));
  }

  @Test
  void of_weights_from_elsewhere_only_the_last_layer_is_trained(@TempDir Path folder)
      throws IOException {
    ImageShape images = new ImageShape(1, 28, 28);
    Path file = folder.resolve("lenet.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors elsewhere =
          Models.create("lenet", images, 10).initialParameters(RandomStream.seeded(1));
      Safetensors.write(file, elsewhere, Map.of());

      Model model = FineTuning.lastLayerOf("lenet", file, images, 3, RandomStream.seeded(2));

      assertThat(model.initialParameters(RandomStream.seeded(3)).names())
          .isEqualTo(Models.head("lenet", images, 3));
      NamedTensors kept = model.initialBuffers();
      assertThat(kept.names()).isNotEmpty();
      for (String name : kept.names()) {
        assertThat(kept.get(name).equal(elsewhere.get(name))).as(name).isTrue();
      }
    }
  }
}
