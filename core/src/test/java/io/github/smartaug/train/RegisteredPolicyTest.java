package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.CategoricalDistribution;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.FrozenPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.LearnedPolicyType;
import io.github.smartaug.augment.Policies;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyParameters;
import io.github.smartaug.augment.PolicySettings;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.augment.ReplayedPolicy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of learned policy from outside: one class and one registration. */
class RegisteredPolicyTest {
  @TempDir Path folder;

  /** Each image gets one transform, N times over. */
  private static final class RepeatingPolicy extends LearnablePolicy {
    static final LearnedPolicyType TYPE =
        LearnedPolicyType.of(
            "repeating",
            "one transform, N times over",
            (transforms, options) -> transforms.size(),
            RepeatingPolicy::new);

    RepeatingPolicy(PolicyParameters state) {
      super(state);
    }

    @Override
    public LearnedPolicyType type() {
      return TYPE;
    }

    @Override
    protected Draws drawEach(int[] classes, RandomGenerator random) {
      int[] chosen =
          Arrays.stream(classes).map(c -> distribution(c).pick(random.nextDouble())).toArray();
      int[][] transforms = new int[length()][];
      double[][] uniforms = new double[length()][];
      for (int n = 0; n < length(); n++) {
        transforms[n] = chosen.clone();
        uniforms[n] = random.doubles(classes.length).toArray();
      }
      return new Draws(transforms, uniforms, classes);
    }

    @Override
    protected int[][] choices(Draws draws) {
      return new int[][] {draws.transforms()[0]};
    }

    @Override
    protected double[] marginals(CategoricalDistribution choices) {
      return choices.probabilities();
    }
  }

  @BeforeEach
  void register() {
    Policies.register(RepeatingPolicy.TYPE);
  }

  @AfterEach
  void unregister() {
    Policies.unregister("repeating");
  }

  private static LearnablePolicy start() {
    PolicySettings settings =
        PolicySettings.of(TransformSets.named("base"), PolicyOptions.learned(2), 3);
    return (LearnablePolicy) Policies.named("repeating").create(settings);
  }

  @Test
  void it_is_learned_written_read_frozen_and_replayed() throws IOException {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            SmallRun.train(SmallRun.perceptron(3), start(), SmallRun.options(3, 1))) {
      LearnablePolicy learned = (LearnablePolicy) result.augmenter();
      assertThat(learned.probabilities()).isNotEqualTo(start().probabilities());
      List<PolicySnapshot> history = new ArrayList<>(List.of(start().snapshot(0)));
      result.epochs().forEach(epoch -> history.add(epoch.policyParameters()));
      Path file = folder.resolve("policy.json");
      new PolicyFile(learned, Map.of(), history).write(file);
      assertThat(Files.readString(file)).contains("\"kind\" : \"repeating\"");

      PolicyFile read = PolicyFile.read(file);
      assertThat(read.policy()).isInstanceOf(RepeatingPolicy.class);
      assertThat(read.policy().probabilities()).containsExactly(learned.probabilities());
      assertThat(read.history()).isEqualTo(history);

      FrozenPolicy frozen = new FrozenPolicy(read.policy());
      assertThat(frozen.learns()).isFalse();
      Tensor images = SmallRun.images(4, 3, 4, 1).batch(1, 0).images();
      Draws draws = frozen.draw(4, RandomStream.seeded(1));
      assertThat(draws.transforms()[0]).containsExactly(draws.transforms()[1]);
      assertThat(Tensors.toDoubles(frozen.apply(images, draws).images()))
          .containsExactly(Tensors.toDoubles(learned.apply(images, draws).images()));

      ReplayedPolicy replayed = new ReplayedPolicy(read.policy(), read.history());
      assertThat(replayed.inEpoch(1, 3).transformPolicy().orElseThrow().probabilities())
          .containsExactly(
              result.epochs().get(0).policy().stream()
                  .mapToDouble(TransformReport::probability)
                  .toArray());
    }
  }

  @Test
  void without_its_registration_its_file_cannot_be_read() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Path file = folder.resolve("policy.json");
      new PolicyFile(start(), Map.of()).write(file);
      Policies.unregister("repeating");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PolicyFile.read(file))
          .withMessage(file + ": kind: \"repeating\", allowed: \"independent\", \"sequence\"");
    } finally {
      Policies.register(RepeatingPolicy.TYPE);
    }
  }

  @Test
  void its_name_is_one_of_all() {
    assertThat(Policies.names())
        .containsExactly("none", "random", "trivial", "learned", "sequence", "repeating");
    assertThat(Policies.named("repeating").learns()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.named("nonsense"))
        .withMessage(
            "policy: \"nonsense\", allowed: none, random, trivial, learned, sequence, repeating");
  }
}
