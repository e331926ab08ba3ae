package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.LeNet;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.AncestorTransforms;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole bilevel steps of the ancestor, replayed by the pieces that training is made of: augmented
 * images, losses, clipped updates, validation loss, hypergradients, and the policy's first step.
 */
class AncestorReplayTest {
  private static final Model MODEL = LeNet.create(new ImageShape(3, 32, 32), 10);
  private static final double REGULARIZER = 0.001;

  @ParameterizedTest
  @CsvSource({
    "Float,  K1_clip,   1, 1e-3",
    "Float,  K1_noclip, 1, 1e-3",
    "Float,  K3_clip,   3, 1e-3",
    "Double, K1_clip,   1, 1e-9",
    "Double, K1_noclip, 1, 1e-9",
    "Double, K3_clip,   3, 1e-9"
  })
  void a_whole_bilevel_step_of_the_ancestor_is_reproduced(
      ScalarType type, String run, int steps, double tolerance) {
    try (TensorScope scope = TensorScope.open()) {
      new Replay(type, run, tolerance).replay(steps);
    }
  }

  private static final class Replay {
    private final BilevelReference reference;
    private final String prefix;
    private final double tolerance;
    private final IndependentPolicy policy;
    private final InnerStep innerStep;
    private final Hyperparameters hyperparameters =
        new DifferentiableSgd()
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.1)
            .with(Hyperparameters.MOMENTUM, 0.9)
            .with(Hyperparameters.WEIGHT_DECAY, 5e-4);

    Replay(ScalarType type, String run, double tolerance) {
      this.reference = new BilevelReference(type);
      this.prefix = run + "__";
      this.tolerance = tolerance;
      this.policy =
          new IndependentPolicy(
              AncestorTransforms.inverseScaleWide(reference.transformNames()),
              PolicyOptions.learned(3).toBuilder()
                  .penaltyWeights(PolicyOptions.PenaltyWeights.EQUAL)
                  .build(),
              NamedTensors.of(IndependentPolicy.LOGITS, reference.input("prob"))
                  .with(NamedTensors.of(IndependentPolicy.MAGNITUDES, reference.input("mag"))));
      this.innerStep =
          new InnerStep(
              new DifferentiableSgd(),
              run.endsWith("noclip")
                  ? Optional.empty()
                  : Optional.of(new GradientClipping(1, GradientClipping.Coefficient.CONSTANT)));
    }

    void replay(int steps) {
      InnerState start =
          new InnerState(
              reference.initialWeights(), OptimizerState.initial(), NamedTensors.empty());
      try (Trajectory trajectory =
          new Unrolled().start(innerStep, start, policy.learnedParameters(), steps)) {
        for (int step = 0; step < steps; step++) {
          checkAugmentation(step);
          checkLossGradients(step, trajectory.state());
          Trajectory.StepReport report = trajectory.step(objective(step), hyperparameters);
          check("step" + step + "__loss", report.loss());
          check("step" + step + "__grad_norm", report.gradientNorm());
        }
        checkState(trajectory.state());
        checkValidation(trajectory);
      }
    }

    private ImageObjective objective(int step) {
      return new ImageObjective(
          MODEL,
          reference.normalization(),
          new MixedLoss(1),
          policy,
          reference.trainingBatch(step),
          reference.draws(step),
          0);
    }

    private void checkAugmentation(int step) {
      Augmented augmented =
          policy.apply(reference.trainingBatch(step).images(), reference.draws(step));
      checkImages("step" + step + "__aug_x", augmented.images());
      check("step" + step + "__loss_weight", augmented.lossWeights());
    }

    private void checkLossGradients(int step, InnerState state) {
      NamedTensors meta = policy.learnedParameters().asLeaves();
      NamedTensors parameters = state.parameters().asLeaves();
      Tensor loss = objective(step).evaluate(parameters, NamedTensors.empty(), meta).loss();
      NamedTensors gradients = Tensors.gradients(loss, parameters.with(meta));
      check("step" + step + "__dloss_dprob", gradients.get(IndependentPolicy.LOGITS));
      check("step" + step + "__dloss_dmag", gradients.get(IndependentPolicy.MAGNITUDES));
      for (String name : parameters.names()) {
        checkStrided("step" + step + "__grad_preclip__" + name, gradients.get(name));
      }
    }

    private void checkState(InnerState state) {
      for (String name : state.parameters().names()) {
        checkStrided("param_summary__" + name, state.parameters().get(name));
        checkStrided(
            "momentum__" + name, state.optimizer().slots().get("momentum_buffer").get(name));
      }
    }

    private void checkValidation(Trajectory trajectory) {
      InnerState state = trajectory.state();
      Batch batch = reference.validationBatch(0);
      Tensor logits =
          MODEL
              .forward(
                  reference.normalization().normalize(batch.images()),
                  state.parameters(),
                  state.buffers(),
                  Mode.evaluation())
              .logits();
      check("val_logits", logits);
      check("val_loss", CrossEntropy.mean(logits, batch.labels()));
      Tensor penalty = policy.penalty().orElseThrow();
      check("reg_loss", REGULARIZER * Tensors.item(penalty));

      OuterObjective validation =
          new ValidationObjective(MODEL, reference.normalization(), batch, policy, REGULARIZER);
      Trajectory.Hypergradient hypergradient = trajectory.hypergradient(validation);
      NamedTensors gradient = hypergradient.gradient();
      Tensor magnitudeGradient = gradient.get(IndependentPolicy.MAGNITUDES);
      check("dval_dprob", gradient.get(IndependentPolicy.LOGITS));
      double[] validationShare = Tensors.toDoubles(magnitudeGradient);
      double[] regularizerShare = reference.expected(prefix + "dreg_dmag");
      for (int t = 0; t < validationShare.length; t++) {
        validationShare[t] -= regularizerShare[t];
      }
      check("dval_dmag", validationShare);
      check("meta_grad_norm", GradientClipping.globalNorm(gradient));
      checkMetaStep(gradient);
    }

    private void checkMetaStep(NamedTensors gradient) {
      DifferentiableOptimizer.Update update =
          MetaOptions.original(1)
              .optimizer(policy, policy::project)
              .update(policy.learnedParameters(), gradient, OptimizerState.initial());
      check("prob_after_meta", update.parameters().get(IndependentPolicy.LOGITS));
      check("mag_after_meta", update.parameters().get(IndependentPolicy.MAGNITUDES));
    }

    /** Compares a big tensor as it was recorded: sum, norm, extrema, and every n-th element. */
    private void checkStrided(String key, Tensor tensor) {
      if (!reference.has(prefix + key + "__strided")) {
        return;
      }
      double[] values = Tensors.toDoubles(tensor);
      int stride = Math.max(1, values.length / 400);
      double[] strided = new double[(values.length + stride - 1) / stride];
      for (int i = 0; i < strided.length; i++) {
        strided[i] = values[i * stride];
      }
      check(key + "__strided", strided);
      double[] stats = reference.expected(prefix + key + "__stats");
      double norm = Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
      close(key + "__stats[norm]", norm, stats[1], Math.abs(stats[1]));
      close(key + "__stats[min]", Arrays.stream(values).min().orElseThrow(), stats[2], stats[1]);
      close(key + "__stats[max]", Arrays.stream(values).max().orElseThrow(), stats[3], stats[1]);
    }

    /** Images were recorded in float32 whatever the precision of the run. */
    private void checkImages(String key, Tensor actual) {
      if (reference.has(prefix + key)) {
        assertThat(Tensors.toDoubles(actual))
            .as(prefix + key)
            .containsExactly(reference.expected(prefix + key), within(Math.max(1e-7, tolerance)));
      }
    }

    private void check(String key, Tensor actual) {
      check(key, Tensors.toDoubles(actual));
    }

    /** Compares with what was recorded, if it was, relative to the largest entry. */
    private void check(String key, double... actual) {
      if (!reference.has(prefix + key)) {
        return;
      }
      double[] expected = reference.expected(prefix + key);
      assertThat(actual).as(prefix + key).hasSameSizeAs(expected);
      double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < expected.length; i++) {
        close(key + "[" + i + "]", actual[i], expected[i], scale);
      }
    }

    private void close(String what, double actual, double expected, double scale) {
      assertThat(actual).as(prefix + what).isCloseTo(expected, within(tolerance * scale + 1e-12));
    }
  }
}
