package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.HyperparameterSource;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetaIndependentLossTest {
  private static final ImageShape SHAPE = new ImageShape(1, 6, 6);
  private static final Normalization NORMALIZATION = new Normalization(List.of(0.5), List.of(0.5));
  private static final InnerOptions OPTIONS =
      new InnerOptions(
          InnerOptimizer.sgd(0.1)
              .learning(Hyperparameters.LEARNING_RATE, Hyperparameters.WEIGHT_DECAY),
          InnerOptions.defaults(0.1).clipping(),
          InnerOptions.defaults(0.1).schedule(),
          new MixedLoss(1));

  private final Model model = Models.create("mlp", SHAPE, 3);

  static Stream<Augmenter> augmenters() {
    return Stream.of(new NoAugmentation(), new RandAugment(TransformSets.named("base"), 1, 0.3));
  }

  /** For the gradient of the loss is the same number, and no meta parameter enters it. */
  @ParameterizedTest
  @MethodSource("augmenters")
  void the_hypergradient_is_that_of_the_graph_of_the_gradient(Augmenter augmenter) {
    try (TensorScope scope = TensorScope.open()) {
      ImageObjective objective = objective(augmenter);

      NamedTensors shortcut = hypergradient(objective);
      NamedTensors complete = hypergradient(notLinearized(objective));

      for (String name : complete.names()) {
        assertThat(Tensors.item(shortcut.get(name)))
            .isNotZero()
            .isEqualTo(Tensors.item(complete.get(name)));
      }
    }
  }

  private static InnerObjective notLinearized(InnerObjective objective) {
    return (parameters, buffers, meta) -> objective.evaluate(parameters, buffers, meta);
  }

  private NamedTensors hypergradient(InnerObjective objective) {
    LearnedHyperparameters learned = LearnedHyperparameters.initial(OPTIONS.optimizer());
    HyperparameterSource source = OPTIONS.hyperparameters(0, 10, learned);
    InnerState start =
        new InnerState(
            model.initialParameters(RandomStream.seeded(1)),
            OptimizerState.initial(),
            model.initialBuffers());
    try (Trajectory trajectory =
        new Unrolled().start(OPTIONS.step(), start, learned.parameters(), 1)) {
      trajectory.step(objective, source);
      return trajectory
          .hypergradient(
              new ValidationObjective(model, NORMALIZATION, batch(2), new NoAugmentation(), 0))
          .gradient();
    }
  }

  private ImageObjective objective(Augmenter augmenter) {
    Batch batch = batch(1);
    return new ImageObjective(
        model,
        NORMALIZATION,
        OPTIONS.loss(),
        augmenter,
        batch,
        augmenter.draw(batch.size(), RandomStream.seeded(4)),
        5);
  }

  private static Batch batch(long seed) {
    RandomStream random = RandomStream.seeded(seed);
    float[] pixels = new float[6 * 36];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Batch(Tensors.of(pixels, 6, 1, 6, 6), Tensors.of(new long[] {0, 1, 2, 0, 1, 2}, 6));
  }
}
