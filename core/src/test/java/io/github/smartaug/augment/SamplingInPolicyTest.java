package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a policy samples: in its file, in what it learns, in what it applies. */
class SamplingInPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Sampling OTHER =
      new Sampling(Interpolation.NEAREST, Border.REFLECTION, AffineChains.COMPOSED);

  @TempDir Path folder;

  @Test
  void the_file_names_the_sampling_and_gives_it_back() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Path file = written(OTHER);
      assertThat(JSON.readTree(file.toFile()).path("sampling").toString())
          .isEqualTo(
              "{\"interpolation\":\"nearest\",\"border\":\"reflection\",\"runs\":\"composed\"}");
      assertThat(PolicyFile.read(file).policy().transforms().sampling()).isEqualTo(OTHER);
    }
  }

  @Test
  void a_file_without_sampling_means_the_default() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Path file = written(OTHER);
      JsonNode root = JSON.readTree(file.toFile());
      ((ObjectNode) root).remove("sampling");
      Files.writeString(file, root.toString());
      assertThat(PolicyFile.read(file).policy().transforms().sampling())
          .isEqualTo(Sampling.DEFAULT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nearest    | cubic  | sampling.interpolation: \"cubic\", allowed: bilinear, nearest",
        "reflection | mirror | sampling.border: \"mirror\", allowed: zeros, reflection, edge",
        "composed   | joined | sampling.runs: \"joined\", allowed: separate, composed",
        "composed   | JOINED | sampling.runs: \"JOINED\", allowed: separate, composed"
      })
  void a_wrong_word_is_named_with_file_field_and_what_is_allowed(
      String good, String bad, String message) throws IOException {
    Path file;
    try (TensorScope scope = TensorScope.open()) {
      file = written(OTHER);
    }
    Files.writeString(file, Files.readString(file).replace("\"" + good, "\"" + bad));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(file))
        .withMessage(file + ": " + message);
  }

  @Test
  void with_nearest_a_policy_starts_what_resamples_at_its_largest_magnitude() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet set = TransformSets.named("wide");
      double[] bilinear = policy(set).magnitudes();
      double[] nearest =
          policy(set.withSampling(Sampling.DEFAULT.with(Interpolation.NEAREST))).magnitudes();
      for (int t = 0; t < set.size(); t++) {
        boolean moves = set.names().get(t).matches("Rotate|Translate.|Shear.");
        assertThat(nearest[t]).as(set.names().get(t)).isEqualTo(moves ? 1 : bilinear[t]);
      }
      assertThat(bilinear[set.names().indexOf("Rotate")]).isEqualTo(0.5);
    }
  }

  @Test
  void a_policy_brings_back_what_leaves_the_image_only_if_it_composes() {
    TransformSet thereAndBack =
        TransformSet.parse(
            "test",
            "[{\"name\": \"Right\", \"function\": \"translate\","
                + " \"param\": {\"min\": 2, \"max\": 2, \"axis\": \"X\"}},"
                + " {\"name\": \"Left\", \"function\": \"translate\","
                + " \"param\": {\"min\": -2, \"max\": -2, \"axis\": \"X\"}}]",
            "test");
    try (TensorScope scope = TensorScope.open()) {
      Draws draws = new Draws(new int[][] {{0}, {1}}, new double[2][1]);
      Tensor images = Tensors.of(new float[] {.1f, .2f, .3f, .4f, .5f}, 1, 1, 1, 5);
      assertThat(applied(thereAndBack, AffineChains.SEPARATE, images, draws))
          .containsExactly(new double[] {.1, .2, .3, 0, 0}, within(1e-6));
      assertThat(applied(thereAndBack, AffineChains.COMPOSED, images, draws))
          .containsExactly(new double[] {.1, .2, .3, .4, .5}, within(1e-6));
    }
  }

  @Test
  void a_policy_that_composes_augments_differently_and_learns_all_the_same() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet set = TransformSets.named("wide-geometric");
      IndependentPolicy separate = policy(set);
      IndependentPolicy composed =
          policy(set.withSampling(Sampling.DEFAULT.with(AffineChains.COMPOSED)));
      Draws draws = separate.draw(16, RandomStream.seeded(1));
      double[] pixels = RandomStream.seeded(2).doubles(16 * 3 * 8 * 8).toArray();
      Tensor images =
          Tensors.constant(
              pixels, separate.parameters().get(IndependentPolicy.LOGITS), 16, 3, 8, 8);
      NamedTensors leaves = composed.learnedParameters().asLeaves();
      Tensor result = composed.withParameters(leaves).apply(images, draws).images();
      assertThat(Tensors.toDoubles(result.detach()))
          .isNotEqualTo(Tensors.toDoubles(separate.apply(images, draws).images()));
      NamedTensors magnitudes =
          NamedTensors.of(IndependentPolicy.MAGNITUDES, leaves.get(IndependentPolicy.MAGNITUDES));
      double[] gradient =
          Tensors.toDoubles(
              Tensors.gradients(result.square().sum(), magnitudes)
                  .get(IndependentPolicy.MAGNITUDES));
      assertThat(gradient[set.names().indexOf("Rotate")]).isFinite().isNotZero();
    }
  }

  private static double[] applied(TransformSet set, AffineChains runs, Tensor images, Draws draws) {
    IndependentPolicy policy = policy(set.withSampling(Sampling.DEFAULT.with(runs)));
    return Tensors.toDoubles(policy.apply(images, draws).images());
  }

  private static IndependentPolicy policy(TransformSet set) {
    return IndependentPolicy.initial(set, PolicyOptions.learned(2));
  }

  private Path written(Sampling sampling) throws IOException {
    Path file = folder.resolve("policy.json");
    TransformSet set = TransformSets.named("wide").withSampling(sampling);
    new PolicyFile(policy(set), Map.of()).write(file);
    return file;
  }
}
