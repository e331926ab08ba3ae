package io.github.smartaug.loss;

import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The mixed loss of two linearized forward passes, and its derivative along a direction. */
final class LinearizedMixedLoss implements InnerObjective.Linearized {
  private final Model.Linearized clean;
  private final Model.Linearized changed;
  private final InnerObjective.Evaluation evaluation;
  private final Arena arena = new Arena();

  /** Takes over both passes, unless the loss cannot be computed. */
  LinearizedMixedLoss(
      MixedLoss loss,
      Model.Linearized clean,
      Model.Linearized changed,
      Tensor labels,
      LossWeights weights) {
    this.clean = clean;
    this.changed = changed;
    Tensor value =
        loss.evaluate(clean.output().logits(), changed.output().logits(), labels, weights);
    arena.hold(clean.output().logits());
    arena.hold(changed.output().logits());
    this.evaluation =
        new InnerObjective.Evaluation(arena.hold(value), arena.hold(changed.output().buffers()));
  }

  @Override
  public InnerObjective.Evaluation evaluation() {
    return evaluation;
  }

  /** By the chain rule: the gradient at the logits times the logits' tangents. */
  @Override
  public Tensor along(NamedTensors direction, NamedTensors ofBuffers) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors logits =
          NamedTensors.of("clean", clean.output().logits())
              .with(NamedTensors.of("changed", changed.output().logits()));
      NamedTensors gradients = Tensors.differentiableGradients(evaluation.loss(), logits);
      Tensor ofClean = gradients.get("clean").mul(cleanTangent(direction)).sum();
      Tensor ofChanged = gradients.get("changed").mul(changed.tangent(direction)).sum();
      return scope.keep(evaluation.plusBuffers(ofClean.add(ofChanged), ofBuffers));
    }
  }

  /** Without a graph, because clean images depend on no meta parameter. */
  private Tensor cleanTangent(NamedTensors direction) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constants = new NoGradGuard()) {
      return scope.keep(clean.tangent(direction));
    }
  }

  @Override
  public void close() {
    clean.close();
    changed.close();
    arena.close();
  }
}
