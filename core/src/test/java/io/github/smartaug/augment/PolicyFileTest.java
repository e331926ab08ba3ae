package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyFileTest {
  private static final Map<String, String> PROVENANCE = Map.of("dataset", "fashion-mnist-mini");

  @TempDir Path folder;

  @Test
  void a_policy_is_read_back_bit_for_bit() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy = trained(PolicyOptions.learned(3));
      PolicyFile read = writtenAndRead(policy);
      assertSame(read.policy(), policy);
      assertThat(read.provenance()).isEqualTo(PROVENANCE);
    }
  }

  @Test
  void a_shared_magnitude_and_fixed_parts_are_read_back() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions options =
          PolicyOptions.builder()
              .length(1)
              .temperature(0.5)
              .probabilities(Learning.FIXED)
              .magnitudes(Learning.LEARNED)
              .sharing(MagnitudeSharing.SHARED)
              .build();
      IndependentPolicy policy = trained(options);
      assertSame(writtenAndRead(policy).policy(), policy);
    }
  }

  /** With a shared magnitude it decides how strong posterize and solarize are, too. */
  @ParameterizedTest
  @EnumSource(MagnitudeSharing.class)
  void what_is_not_learned_without_straight_through_is_not_learned_after_reading(
      MagnitudeSharing sharing) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet set = TransformSets.named("wide").withoutStraightThrough();
      IndependentPolicy policy =
          trained(
              set,
              PolicyOptions.builder()
                  .length(2)
                  .temperature(1)
                  .probabilities(Learning.LEARNED)
                  .magnitudes(Learning.LEARNED)
                  .sharing(sharing)
                  .build());
      LearnablePolicy read = writtenAndRead(policy).policy();
      int posterize = set.names().indexOf("Posterize");
      assertThat(read.transforms().learnable(posterize)).isFalse();
      assertThat(read.transforms()).isEqualTo(set);
      assertThat(read.magnitudes()).containsExactly(policy.magnitudes());
      assertThat(Tensors.item(read.penalty().orElseThrow()))
          .isEqualTo(Tensors.item(policy.penalty().orElseThrow()));
    }
  }

  @Test
  void straight_through_is_recorded_for_each_transform() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet learned = TransformSets.named("wide");
      int posterize = learned.names().indexOf("Posterize");
      List<NamedTransform> transforms = new ArrayList<>(learned.transforms());
      transforms.set(posterize, transforms.get(posterize).withoutStraightThrough());
      TransformSet mixed = new TransformSet("mixed", transforms);
      LearnablePolicy read = writtenAndRead(trained(mixed, PolicyOptions.learned(2))).policy();
      assertThat(read.transforms()).isEqualTo(mixed);
    }
  }

  @Test
  void a_file_from_before_straight_through_was_recorded_has_it() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Path file = writeTrained();
      String text = Files.readString(file);
      String older = text.replaceAll(",\\s+\"straight_through\" : (true|false)", "");
      assertThat(older).isNotEqualTo(text).doesNotContain("straight_through");
      Files.writeString(file, older);
      assertThat(PolicyFile.read(file).policy().transforms())
          .isEqualTo(TransformSets.named("wide"));
    }
  }

  @Test
  void the_policy_read_augments_as_the_one_written() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy = trained(PolicyOptions.learned(2));
      LearnablePolicy read = writtenAndRead(policy).policy();
      float[] pixels = new float[4 * 3 * 8 * 8];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = i % 17 / 16f;
      }
      Tensor images = Tensors.of(pixels, 4, 3, 8, 8);
      Tensor expected = policy.augment(images, RandomStream.seeded(1)).images();
      Tensor actual = read.augment(images, RandomStream.seeded(1)).images();
      assertThat(Tensors.toDoubles(actual)).containsExactly(Tensors.toDoubles(expected));
    }
  }

  @Test
  void the_file_says_what_each_transform_is_and_does() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy = trained(PolicyOptions.learned(2));
      Path file = folder.resolve("policy.json");
      new PolicyFile(policy, PROVENANCE).write(file);
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      assertThat(root.path("format").asText()).isEqualTo("smartaug-policy");
      assertThat(root.path("kind").asText()).isEqualTo("independent");
      assertThat(root.path("transform_set").asText()).isEqualTo("wide");
      JsonNode rotate = root.path("transforms").get(3);
      assertThat(rotate.path("function").asText()).isEqualTo("rotate");
      assertThat(rotate.path("param").path("max").asDouble()).isEqualTo(180);
      assertThat(rotate.path("logit").toString()).isEqualTo("0.3");
      assertThat(rotate.path("probability").asDouble()).isEqualTo(policy.probabilities()[3]);
      assertThat(rotate.path("magnitude_learned").asBoolean()).isTrue();
      assertThat(root.path("transforms").get(0).path("magnitude_learned").asBoolean()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"smartaug-policy\" | \"other\" | format: \"other\", allowed: \"smartaug-policy\"",
        "\"version\" : 3     | \"version\" : 4 | version: 4, allowed: up to 3",
        "\"version\" : 3     | \"version\" : 0 | version: 0, allowed: a whole number, at least 1",
        "\"independent\"     | \"other\" | kind: \"other\", allowed: \"independent\", \"sequence\"",
        "\"length\" : 2      | \"length\" : -1 | length: -1, allowed: a whole number, at least 0",
        "\"length\" : 2      | \"length\" : 2147483647 | length: 2147483647, allowed: from 0 to 100",
        "\"classes\" : 1     | \"classes\" : 500000000 | classes: 500000000, allowed: from 1 to 100000",
        "\"length\" : 2      | \"len\" : 2 | length: missing, allowed: a whole number, at least 0",
        "\"temperature\" : 1.0 | \"temperature\" : -1 | temperature: -1, allowed: a number from 0.0",
        "\"logit\" : 0.3     | \"logit\" : \"x\" | transforms[3].logit: \"x\", allowed: a finite",
        "\"magnitude\" : 0.03 | \"magnitude\" : 2 | transforms[3].magnitude: 2, allowed: a number",
        "\"rotate\"          | \"rotat\" | transform 4 \"Rotate\": \"function\": \"rotat\"",
        "\"straight_through\" : false | \"straight_through\" : 0 | transforms[0].straight_through: 0",
        "\"fashion-mnist-mini\" | 7 | provenance.dataset: 7, allowed: a text"
      })
  void what_is_wrong_is_named_with_file_and_field(String good, String bad, String message)
      throws IOException {
    Path file = writeTrained();
    String text = Files.readString(file);
    assertThat(text).contains(good);
    Files.writeString(file, text.replace(good, bad));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(message);
  }

  @Test
  void a_truncated_file_is_named_with_its_line() throws IOException {
    Path file = writeTrained();
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(file))
        .withMessageStartingWith(file + ": not JSON, line ");
  }

  @Test
  void the_folder_of_a_run_stands_for_the_policy_in_it() throws IOException {
    Path file = writeTrained();
    try (TensorScope scope = TensorScope.open()) {
      assertThat(PolicyFile.read(folder).toJson()).isEqualTo(PolicyFile.read(file).toJson());
    }
    Files.delete(file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(folder))
        .withMessage(folder.resolve("policy.json") + ": no such file");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(folder.resolve("none.json")))
        .withMessageEndingWith("none.json: no such file");
  }

  private Path writeTrained() throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      new PolicyFile(trained(PolicyOptions.learned(2)), PROVENANCE).write(file);
    }
    return file;
  }

  private PolicyFile writtenAndRead(IndependentPolicy policy) throws IOException {
    Path file = folder.resolve("policy.json");
    new PolicyFile(policy, PROVENANCE).write(file);
    return PolicyFile.read(file);
  }

  /** A policy whose logit t is t/10 and whose magnitude t is t/100. */
  private static IndependentPolicy trained(PolicyOptions options) {
    return trained(TransformSets.named("wide"), options);
  }

  private static IndependentPolicy trained(TransformSet transforms, PolicyOptions options) {
    IndependentPolicy policy = IndependentPolicy.initial(transforms, options);
    return policy.withParameters(
        NamedTensors.of(
            Map.of(
                IndependentPolicy.LOGITS,
                ramp(policy.parameters().get(IndependentPolicy.LOGITS), 10),
                IndependentPolicy.MAGNITUDES,
                ramp(policy.parameters().get(IndependentPolicy.MAGNITUDES), 100))));
  }

  private static Tensor ramp(Tensor like, double divisor) {
    double[] values = new double[(int) like.numel()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / divisor;
    }
    return Tensors.of(values, values.length).to(ScalarType.Float);
  }

  private static void assertSame(LearnablePolicy actual, LearnablePolicy expected) {
    assertThat(actual.options()).isEqualTo(expected.options());
    assertThat(actual.transforms().name()).isEqualTo(expected.transforms().name());
    assertThat(actual.transforms().toJson()).isEqualTo(expected.transforms().toJson());
    for (String name : expected.parameters().names()) {
      assertThat(Tensors.toDoubles(actual.parameters().get(name)))
          .containsExactly(Tensors.toDoubles(expected.parameters().get(name)));
    }
  }
}
