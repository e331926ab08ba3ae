package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for policies of every kind: files, class-conditional draws, replays. */
class PolicyKindsTest {
  private static final TransformSet SET = TransformSets.named("wide");

  @TempDir Path folder;

  record Kind(LearnedPolicyType kind, PolicyOptions options) {}

  static Stream<Kind> kinds() {
    List<Kind> all = new ArrayList<>();
    for (LearnedPolicyType kind : Policies.learned()) {
      for (MagnitudeSharing sharing : MagnitudeSharing.values()) {
        PolicyOptions options =
            PolicyOptions.builder()
                .length(2)
                .temperature(0.5)
                .probabilities(Learning.LEARNED)
                .magnitudes(Learning.LEARNED)
                .sharing(sharing)
                .build();
        all.add(new Kind(kind, options));
        all.add(new Kind(kind, options.toBuilder().classes(3).build()));
        all.add(
            new Kind(
                kind,
                options.toBuilder()
                    .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                    .temperatureLearning(Learning.LEARNED)
                    .build()));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_file_gives_back_policy_and_history_bit_for_bit(Kind kind) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = trained(kind, 1);
      List<PolicySnapshot> history = List.of(trained(kind, 2).snapshot(0), policy.snapshot(1));
      Path file = folder.resolve("policy.json");
      new PolicyFile(policy, Map.of("seed", "1"), history).write(file);
      PolicyFile read = PolicyFile.read(file);
      assertThat(read.policy()).hasSameClassAs(policy);
      assertThat(read.history()).isEqualTo(history);
      assertThat(read.policy().snapshot(1)).isEqualTo(history.get(1));
      assertThat(read.policy().probabilities()).containsExactly(policy.probabilities());
      assertThat(
              read.policy().options().toBuilder()
                  .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                  .temperatureLearning(Learning.FIXED)
                  .build())
          .usingRecursiveComparison()
          .ignoringFields("temperature")
          .isEqualTo(
              policy.options().toBuilder()
                  .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                  .temperatureLearning(Learning.FIXED)
                  .build());
      assertThat(read.policy().learnedParameters().names())
          .isEqualTo(policy.learnedParameters().names());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void probabilities_sum_to_one_and_magnitudes_are_in_range(Kind kind) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = trained(kind, 1);
      assertThat(Arrays.stream(policy.probabilities()).sum()).isCloseTo(1, within(1e-9));
      assertThat(policy.magnitudes()).hasSize(SET.size());
      assertThat(Arrays.stream(policy.magnitudes()).boxed()).allMatch(m -> m > 0 && m <= 1);
    }
  }

  @Test
  void a_file_of_version_1_is_read() throws IOException {
    Path file = folder.resolve("old.json");
    Files.writeString(
        file,
        """
        {"format": "smartaug-policy", "version": 1, "kind": "independent",
         "length": 2, "temperature": 0.5,
         "probabilities_learned": true, "magnitudes_learned": false, "shared_magnitude": null,
         "transform_set": "two",
         "transforms": [
           {"name": "Identity", "function": "identity", "param": {}, "logit": 1.5,
            "probability": 0.5, "magnitude": 1.0, "magnitude_learned": false},
           {"name": "Rotate", "function": "rotate", "param": {"min": null, "max": 30},
            "logit": -0.5, "probability": 0.5, "magnitude": 0.25, "magnitude_learned": false}],
         "provenance": {"dataset": "fashion-mnist-mini"}}
        """);
    try (TensorScope scope = TensorScope.open()) {
      PolicyFile read = PolicyFile.read(file);
      assertThat(read.policy().options())
          .isEqualTo(
              PolicyOptions.builder()
                  .length(2)
                  .temperature(0.5)
                  .probabilities(Learning.LEARNED)
                  .magnitudes(Learning.FIXED)
                  .sharing(MagnitudeSharing.OWN)
                  .build());
      assertThat(Tensors.toDoubles(read.policy().parameters().get("logits")))
          .containsExactly(1.5, -0.5);
      assertThat(read.policy().magnitudes()).containsExactly(1, 0.25);
      assertThat(read.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"logits\" : [ | \"logits\" : [ 7, | logits: [7,0.",
        "\"length\" : 2 | \"length\" : 9 | length: 9 transforms in turn of 14",
        "\"classes\" : 1 | \"classes\" : 0 | classes: 0, allowed: a whole number, at least 1",
        "score-function | other | probability_gradient: \"other\", allowed: \"loss-weight\"",
        "score-function | loss-weight | temperature_learned: the temperature is to be learned, but",
        "\"epoch\" : 0  | \"epoch\" : -1 | history[0].epoch: -1, allowed: a whole number",
        "\"logits\" : [ | \"logits\" : 3, \"earlier\" : [ | logits: 3, allowed: an array of "
      })
  void what_is_wrong_in_a_file_of_sequences_is_named(String good, String bad, String message)
      throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy =
          trained(
              new Kind(
                  Policies.SEQUENCE,
                  PolicyOptions.learned(2).toBuilder()
                      .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                      .temperatureLearning(Learning.LEARNED)
                      .build()),
              1);
      new PolicyFile(policy, Map.of(), List.of(policy.snapshot(0))).write(file);
    }
    String text = Files.readString(file);
    assertThat(text).contains(good);
    Files.writeString(file, text.replace(good, bad));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyFile.read(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(message);
  }

  /** Class 0 never rotates, class 1 always does, with magnitudes of their own. */
  @ParameterizedTest
  @MethodSource("ofClasses")
  void images_are_changed_as_their_class_is(LearnedPolicyType kind) {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet two =
          TransformSet.parse(
              "two",
              """
              [{"name": "Identity", "function": "identity", "param": {}},
               {"name": "Brightness", "function": "brightness",
                "param": {"min": 0.0, "max": 0.5, "invScale": true}}]
              """,
              "test");
      PolicyOptions options = PolicyOptions.learned(1).toBuilder().classes(2).build();
      LearnablePolicy policy =
          kind.initial(two, options)
              .withParameters(
                  NamedTensors.of("logits", Tensors.of(new double[] {90, 0, 0, 90}, 2, 2)));
      Draws draws = policy.draw(new int[] {0, 1, 1, 0}, RandomStream.seeded(1));
      assertThat(draws.transforms()[0]).containsExactly(0, 1, 1, 0);
      NamedTensors leaves = policy.learnedParameters().asLeaves();
      Tensor images = Tensors.full(1, leaves.get("magnitudes").detach(), 4, 1, 2, 2);
      Tensor changed = policy.withParameters(leaves).apply(images, draws).images();
      double[] gradient =
          Tensors.toDoubles(Tensors.gradients(changed.sum(), leaves).get("magnitudes"));
      assertThat(new double[] {gradient[0], gradient[1], gradient[2]}).containsOnly(0);
      assertThat(gradient[3]).isNotZero();
      assertThat(policy.probabilities(0)[0]).isCloseTo(1, within(1e-9));
      assertThat(policy.probabilities()).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
    }
  }

  static Stream<LearnedPolicyType> ofClasses() {
    return Policies.learned().stream();
  }

  @Test
  void an_image_of_a_class_that_the_policy_does_not_have_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(SET, PolicyOptions.learned(1).toBuilder().classes(2).build());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> policy.draw(new int[] {0, 2}, RandomStream.seeded(1)))
          .withMessage("class of image 1 is 2, the policy has 2 classes, from 0");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_fixed_policy_augments_as_the_learned_one(Kind kind) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = trained(kind, 1);
      FrozenPolicy fixed = new FrozenPolicy(policy);
      Tensor images = Tensors.full(0.5, policy.parameters().get("magnitudes"), 4, 3, 8, 8);
      Augmented expected = policy.augment(images, RandomStream.seeded(2));
      Augmented actual = fixed.augment(images, RandomStream.seeded(2));
      assertThat(Tensors.toDoubles(actual.images()))
          .containsExactly(Tensors.toDoubles(expected.images()));
      assertThat(Tensors.toDoubles(actual.lossWeights()))
          .containsExactly(Tensors.toDoubles(expected.lossWeights()));
    }
  }

  /** Logits 0, 1, 2, 3, 4 after the epochs of a run of four. */
  @ParameterizedTest
  @CsvSource({"1, 4, 1", "4, 4, 4", "1, 8, 0.5", "7, 8, 3.5", "1, 2, 2", "2, 2, 4", "0, 8, 0"})
  void a_replay_is_stretched_to_the_length_of_the_run(int epoch, int epochs, double expected) {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy = IndependentPolicy.initial(SET, PolicyOptions.learned(2));
      List<PolicySnapshot> history =
          IntStream.rangeClosed(0, 4)
              .mapToObj(
                  e ->
                      new PolicySnapshot(
                          e,
                          Collections.nCopies(SET.size(), (double) e),
                          Collections.nCopies(SET.size(), 0.1 + e / 10.0),
                          1))
              .toList();
      Augmenter inEpoch = new ReplayedPolicy(policy, history).inEpoch(epoch, epochs);
      assertThat(Tensors.toDoubles(inEpoch.parameters().get("logits"))).containsOnly(expected);
      assertThat(((TransformPolicy) inEpoch).magnitudes()[3])
          .isCloseTo(0.1 + expected / 10, within(1e-7));
    }
  }

  @Test
  void a_policy_without_history_cannot_be_replayed() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy = IndependentPolicy.initial(SET, PolicyOptions.learned(2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ReplayedPolicy(policy, List.of()))
          .withMessage("the policy has a history of 0 points, a replay needs at least 2");
    }
  }

  private static LearnablePolicy trained(Kind kind, long seed) {
    RandomStream random = RandomStream.seeded(seed);
    LearnablePolicy policy = kind.kind().initial(SET, kind.options());
    return policy.withParameters(
        policy
            .parameters()
            .map(
                (name, tensor) ->
                    Tensors.constant(
                        random.doubles(tensor.numel(), 0.1, 1).toArray(), tensor, tensor.shape())));
  }
}
