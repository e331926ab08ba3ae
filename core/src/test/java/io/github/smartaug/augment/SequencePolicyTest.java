package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Npz;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequencePolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"uniform", "pos", "neg"})
  void loss_weights_and_their_gradient_are_those_of_the_ancestor(String name) throws IOException {
    try (TensorScope scope = TensorScope.open();
        Npz reference = reference()) {
      String key = name + "__V8N2__";
      Tensor logits = reference.tensor(key + "prob").to(ScalarType.Double).requires_grad_(true);
      Draws draws = draws(reference.tensor(key + "tf_sequence"));
      SequencePolicy policy = policy(2).withParameters(NamedTensors.of("logits", logits));
      Tensor images = Tensors.full(0.5, logits.detach(), 16, 3, 4, 4);
      Tensor weights = policy.apply(images, draws).lossWeights();
      double[] expected = Tensors.toDoubles(reference.tensor(key + "bn1__w"));
      assertThat(Tensors.toDoubles(weights)).containsExactly(expected, within(1e-6));
      Tensor product = weights.mul(reference.tensor(key + "cot").to(ScalarType.Double)).sum();
      Tensor gradient = Tensors.gradients(product, NamedTensors.of("logits", logits)).get("logits");
      double[] expectedGradient = Tensors.toDoubles(reference.tensor(key + "bn1__gprob"));
      double largest = Arrays.stream(expectedGradient).map(Math::abs).max().orElseThrow();
      assertThat(Tensors.toDoubles(gradient))
          .containsExactly(expectedGradient, within(1e-6 * largest));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "pos", "neg"})
  void a_sequence_s_index_is_that_of_the_ancestor(String name) throws IOException {
    try (TensorScope scope = TensorScope.open();
        Npz reference = reference()) {
      Draws draws = draws(reference.tensor(name + "__V8N2__tf_sequence"));
      long[] flat = Tensors.toLongs(reference.tensor(name + "__V8N2__flat"));
      assertThat(Arrays.stream(policy(2).choices(draws)[0]).asLongStream().toArray())
          .isEqualTo(flat);
    }
  }

  @Test
  void the_likeliest_sequences_come_first_with_their_transforms_in_order() {
    try (TensorScope scope = TensorScope.open()) {
      double[] logits = new double[18 * 18];
      logits[3 * 18 + 5] = 9;
      logits[17 * 18] = 8;
      Tensor tensor = Tensors.of(logits, 18 * 18);
      SequencePolicy policy = policy(2).withParameters(NamedTensors.of("logits", tensor));

      List<TransformSequence> likeliest = policy.likeliestSequences(3);

      List<String> names = policy.transforms().names();
      double sum = Math.exp(9) + Math.exp(8) + 322;
      assertThat(likeliest)
          .extracting(TransformSequence::transforms)
          .containsExactly(
              List.of(names.get(3), names.get(5)),
              List.of(names.get(17), names.get(0)),
              List.of(names.get(0), names.get(0)));
      assertThat(likeliest.get(0).probability()).isCloseTo(Math.exp(9) / sum, within(1e-9));
      assertThat(likeliest.get(1).probability()).isCloseTo(Math.exp(8) / sum, within(1e-9));
      assertThat(new FrozenPolicy(policy).likeliestSequences(3)).isEqualTo(likeliest);
    }
  }

  /** The ancestor gives the marginal of the first position alone, divided by T. */
  @Test
  void a_transform_s_probability_is_its_marginal_averaged_over_the_positions() throws IOException {
    try (TensorScope scope = TensorScope.open();
        Npz reference = reference()) {
      Tensor logits = reference.tensor("neg__V8N2__prob");
      PolicyOptions options =
          PolicyOptions.builder()
              .length(2)
              .temperature(0.5)
              .probabilities(PolicyOptions.Learning.LEARNED)
              .magnitudes(PolicyOptions.Learning.LEARNED)
              .sharing(PolicyOptions.MagnitudeSharing.OWN)
              .build();
      SequencePolicy policy =
          SequencePolicy.initial(eighteen(), options)
              .withParameters(NamedTensors.of("logits", logits));
      Tensor table = Tensors.of(policy.distribution(0).probabilities(), 18, 18);
      double[] first = Tensors.toDoubles(table.mean(1));
      double[] ancestor = Tensors.toDoubles(reference.tensor("neg__V8N2__TF_prob"));
      assertThat(first).containsExactly(ancestor, within(1e-7));
      double[] byRows = Tensors.toDoubles(table.sum(1));
      double[] byColumns = Tensors.toDoubles(table.sum(0));
      double[] expected = new double[18];
      Arrays.setAll(expected, t -> (byRows[t] + byColumns[t]) / 2);
      assertThat(policy.probabilities()).containsExactly(expected, within(1e-12));
      assertThat(Arrays.stream(policy.probabilities()).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void sequences_are_drawn_as_often_as_their_probability_says() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet two = new TransformSet("two", eighteen().transforms().subList(0, 2));
      SequencePolicy policy =
          SequencePolicy.initial(two, PolicyOptions.learned(2))
              .withParameters(NamedTensors.of("logits", Tensors.of(new double[] {0, 1, 2, -1}, 4)));
      int images = 40_000;
      int[] sequences = policy.choices(policy.draw(images, RandomStream.seeded(1)))[0];
      double[] probabilities = policy.distribution(0).probabilities();
      for (int s = 0; s < 4; s++) {
        int sequence = s;
        double share =
            Arrays.stream(sequences).filter(i -> i == sequence).count() / (double) images;
        double error = Math.sqrt(probabilities[s] * (1 - probabilities[s]) / images);
        assertThat(share).as("sequence %d", s).isCloseTo(probabilities[s], within(4 * error));
      }
    }
  }

  @Test
  void a_hundred_thousand_sequences_are_drawn_from_and_learned() {
    try (TensorScope scope = TensorScope.open()) {
      TransformSet ten = new TransformSet("ten", eighteen().transforms().subList(0, 10));
      SequencePolicy policy = SequencePolicy.initial(ten, PolicyOptions.learned(5));
      NamedTensors leaves = policy.learnedParameters().asLeaves();
      Draws draws = policy.draw(64, RandomStream.seeded(1));
      Tensor images = Tensors.full(0.5, leaves.get("logits").detach(), 64, 3, 4, 4);
      Tensor weights = policy.withParameters(leaves).apply(images, draws).lossWeights();
      Tensor gradient = Tensors.gradients(weights.square().sum(), leaves).get("logits");
      assertThat(gradient.numel()).isEqualTo(100_000);
      assertThat(Tensors.item(gradient.abs().sum())).isFinite();
      assertThat(policy.probabilities()).containsExactly(filled(10, 0.1), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | 1 | 4 transforms in turn of 18 make 104976 sequences, allowed: up to 100000",
        "12 | 1 | 12 transforms in turn of 18 make 1156831381426176 sequences, allowed: up to",
        "3 | 20 | make 5832 sequences for each of 20 classes, allowed: up to 100000"
      })
  void more_sequences_than_that_are_refused(int length, int classes, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SequencePolicy.initial(
                    eighteen(), PolicyOptions.learned(length).toBuilder().classes(classes).build()))
        .withMessageContaining(message);
  }

  private static double[] filled(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  private static SequencePolicy policy(int length) {
    return SequencePolicy.initial(eighteen(), PolicyOptions.learned(length));
  }

  /** Eighteen transforms that leave what they get almost as it is. */
  private static TransformSet eighteen() {
    List<NamedTransform> transforms = new ArrayList<>();
    NamedTransform brightness =
        TransformSets.named("wide").transforms().stream()
            .filter(named -> named.name().equals("Brightness"))
            .findFirst()
            .orElseThrow();
    for (int t = 0; t < 18; t++) {
      transforms.add(
          new NamedTransform(
              "Brightness" + t, brightness.transform(), MagnitudeRange.direct(0.9, 1)));
    }
    return new TransformSet("eighteen", transforms);
  }

  private static Npz reference() throws IOException {
    try (InputStream in =
        SequencePolicyTest.class.getResourceAsStream("/reference/loss_weight.npz")) {
      return Npz.read(in, "loss_weight");
    }
  }

  private static Draws draws(Tensor transforms) {
    long[] flat = Tensors.toLongs(transforms);
    int images = flat.length / 2;
    int[][] chosen = new int[2][images];
    for (int i = 0; i < flat.length; i++) {
      chosen[i / images][i % images] = (int) flat[i];
    }
    return new Draws(chosen, new double[2][images]);
  }
}
