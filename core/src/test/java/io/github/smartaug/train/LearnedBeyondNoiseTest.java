package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.LearningFindings.Finding;
import io.github.smartaug.train.MetaOptions.ChoiceRule;
import io.github.smartaug.transform.TransformSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Trainings whose truth is known: validation images are upside down, training images are not. */
class LearnedBeyondNoiseTest {
  private static final int EPOCHS = 12;
  private static final int STEPS = 10;
  private static final MetaOptions META =
      MetaOptions.recommended().toBuilder()
          .innerSteps(2)
          .choiceRule(new ChoiceRule.PerLogit())
          .build();

  @Test
  void the_transform_that_turns_training_images_into_validation_images_is_learned() {
    LearningFindings findings = train(META, Labels.TRUE);
    Finding hidden = findings.find(LearnablePolicy.LOGITS, "FlipUD").orElseThrow();
    assertThat(hidden.learned()).isTrue();
    assertThat(hidden.movement()).isPositive();
    assertThat(findings.tiers().get(0)).containsExactly("FlipUD");
    assertThat(findings.sentences().get(0)).startsWith("logits: raised FlipUD (t ");
  }

  @Test
  void at_meta_learning_rate_0_nothing_is_learned() {
    LearningFindings findings = train(META.toBuilder().learningRate(0).build(), Labels.TRUE);
    assertThat(findings.findings()).isNotEmpty().noneMatch(Finding::learned);
    assertThat(findings.sentences()).first().asString().startsWith("nothing moved beyond noise");
  }

  @Test
  void of_labels_that_mean_nothing_nothing_is_learned_by_either_rule() {
    MetaOptions byEvidence = META.toBuilder().choiceRule(new ChoiceRule.Evidence(1)).build();
    for (MetaOptions meta : new MetaOptions[] {META, byEvidence}) {
      LearningFindings findings = train(meta, Labels.DRAWN_ANEW);
      assertThat(findings.findings()).isNotEmpty().noneMatch(Finding::learned);
      assertThat(findings.sentences()).first().asString().startsWith("nothing moved beyond noise");
    }
  }

  private enum Labels {
    TRUE,

    /** In every epoch, so that there is nothing in them that a model could remember. */
    DRAWN_ANEW
  }

  private static LearningFindings train(MetaOptions meta, Labels labels) {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSet.parse(
                  "flips and more",
                  """
                  [{"name": "Identity", "function": "identity", "param": {}},
                   {"name": "FlipUD", "function": "flip", "param": {"axis": "Y"}},
                   {"name": "FlipLR", "function": "flip", "param": {"axis": "X"}},
                   {"name": "Contrast", "function": "contrast", "param": {"min": 0.7, "max": 1.3}},
                   {"name": "Brightness", "function": "brightness",
                    "param": {"min": 0.7, "max": 1.3}}]
                  """,
                  "test"),
              PolicyOptions.learned(1).toBuilder()
                  .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                  .build());
      try (TrainingResult result =
          new JointTrainer(
                  SmallRun.perceptron(Patterns.CLASSES),
                  policy,
                  SmallRun.data(new Patterns(labels, false, 1), new Patterns(labels, true, 2)),
                  new TrainingOptions(EPOCHS, InnerOptions.defaults(0.02), meta, 11))
              .train()) {
        return result.findings();
      }
    }
  }

  /** A pattern per class, and as much noise. */
  private record Patterns(Labels labels, boolean upsideDown, long seed) implements BatchSource {
    private static final int CLASSES = 3;
    private static final int SIDE = 6;
    private static final int BATCH = 24;
    private static final double[] OF_CLASSES =
        RandomStream.seeded(0).doubles(CLASSES * SIDE * SIDE).toArray();

    @Override
    public int size() {
      return STEPS * BATCH;
    }

    @Override
    public int batches() {
      return STEPS;
    }

    @Override
    public Batch batch(long epoch, int index) {
      RandomGenerator pixelNoise = RandomStream.seeded(seed + 100L * index);
      RandomGenerator drawn = RandomStream.seeded(seed + 100L * index + 10_000L * (epoch + 1));
      float[] pixels = new float[BATCH * SIDE * SIDE];
      long[] classes = new long[BATCH];
      int next = 0;
      for (int i = 0; i < BATCH; i++) {
        int shown = i % CLASSES;
        classes[i] = labels == Labels.TRUE ? shown : drawn.nextInt(CLASSES);
        for (int row = 0; row < SIDE; row++) {
          int from = SIDE * (SIDE * shown + (upsideDown ? SIDE - 1 - row : row));
          for (int column = 0; column < SIDE; column++) {
            pixels[next++] =
                (float) (0.5 * OF_CLASSES[from + column] + 0.5 * pixelNoise.nextDouble());
          }
        }
      }
      return new Batch(Tensors.of(pixels, BATCH, 1, SIDE, SIDE), Tensors.of(classes, BATCH));
    }
  }
}
