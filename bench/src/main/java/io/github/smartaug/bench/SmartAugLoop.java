package io.github.smartaug.bench;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;

/** Training by this library, without augmentation. */
final class SmartAugLoop implements TrainingLoop {
  private final Model model;
  private final Batch batch;
  private final Normalization normalization;
  private final InnerStep step = PlainTraining.step();
  private final RandomStream random = RandomStream.seeded(1);
  private Arena arena = new Arena();
  private InnerState state;
  private boolean ownsState;

  /**
   * A loop on one batch.
   *
   * @param batch must live as long as the loop
   */
  SmartAugLoop(Model model, NamedTensors initial, Batch batch, Normalization normalization) {
    this.model = model;
    this.batch = batch;
    this.normalization = normalization;
    this.state =
        new InnerState(initial, OptimizerState.initial(), model.initialBuffers()).heldBy(arena);
  }

  @Override
  public double step() {
    NoAugmentation augmenter = new NoAugmentation();
    try (TensorScope scope = TensorScope.open()) {
      ImageObjective objective =
          new ImageObjective(
              model,
              normalization,
              new MixedLoss(1),
              augmenter,
              batch,
              augmenter.draw(batch.size(), random),
              random.nextLong());
      InnerStep.Outcome result = step(objective, NamedTensors.empty());
      Arena next = new Arena();
      state = result.state().heldBy(next);
      arena.close();
      arena = next;
      ownsState = true;
      return result.loss();
    }
  }

  /** As in a run: the first state is needed by others, those after it are not. */
  private InnerStep.Outcome step(ImageObjective objective, NamedTensors nothing) {
    return ownsState
        ? step.overwriting(state, objective, nothing, PlainTraining.hyperparameters())
        : step.plain(state, objective, nothing, PlainTraining.hyperparameters());
  }

  @Override
  public NamedTensors parameters() {
    return state.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return state.buffers();
  }

  @Override
  public void close() {
    arena.close();
  }
}
