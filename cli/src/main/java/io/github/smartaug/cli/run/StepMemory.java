package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.GraphMemory;
import io.github.smartaug.tensor.MemoryNeed;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.InnerOptimizer;
import io.github.smartaug.train.TrainingOptions;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * About how much memory the steps of training need, from the graphs of a few images. What
 * transforms and gradients need for a moment comes on top.
 *
 * <p>No step changes its weights or the optimizer's state in place. So each has the weights and the
 * state that it begins with, and a gradient, and the last one leaves weights and state behind. A
 * hypergradient has, besides, its adjoint: one number for each of these.
 *
 * @param images that go through the model at once, copies among them
 * @param graphs steps whose graphs are in memory at a time
 * @param learning whether there is a hypergradient
 * @param optimizer of the model
 */
record StepMemory(double images, int graphs, Learning learning, InnerOptimizer optimizer) {
  /** Whether a policy or hyperparameters are learned. */
  enum Learning {
    /** Plain training. */
    NONE,
    /** The adjoint of a hypergradient is in memory with the graphs. */
    BILEVEL
  }

  /** Of one image alone, some models drop the dimension of the batch. */
  private static final int FEW_IMAGES = 2;

  /**
   * What such a run has in memory.
   *
   * @param batch images of a step
   * @param steps of an epoch
   */
  static StepMemory of(TrainingOptions options, Augmenter augmenter, int batch, int steps) {
    MixedLoss loss = options.inner().loss();
    double images = batch;
    if (augmenter.changesImages()) {
      images *= loss.copies() + (loss.augmentedWeight() == 0 ? 0 : 1);
    }
    InnerOptimizer optimizer = options.inner().optimizer();
    boolean learns = augmenter.learns() || !optimizer.learned().isEmpty();
    int looksBack = Math.min(options.meta().innerSteps(), steps);
    int graphs = learns ? options.meta().estimator().graphs(looksBack) : 1;
    return new StepMemory(
        graphs == 1 ? images / options.controls().microBatches() : images,
        graphs,
        learns ? Learning.BILEVEL : Learning.NONE,
        optimizer);
  }

  /**
   * Refuses steps that cannot fit into the machine's memory.
   *
   * @param model that is trained, in its precision
   * @throws IllegalArgumentException that says how much is needed and what to lower
   */
  void require(Model model) {
    MemoryNeed.requireAboutOfMachine(
        String.format(
            Locale.ROOT,
            "--batch-size, --copies, --inner-steps: %.0f images %s at once through the model, and"
                + " the %s",
            images,
            model.input(),
            graphs == 1 ? "graph of a step" : "graphs of " + graphs + " steps"),
        bytes(model));
  }

  /**
   * The estimate.
   *
   * @throws IllegalArgumentException if the model's parameters alone do not fit
   */
  double bytes(Model model) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = parameters(model);
      double weights = parameters.bytes();
      double state = optimizer.stateBytes(parameters);
      double ofFew = graphBytes(model, parameters, FEW_IMAGES);
      double ofEach = graphBytes(model, parameters, FEW_IMAGES + 1) - ofFew;
      double activations = ofFew + (images - FEW_IMAGES) * ofEach;
      double gradient = weights;
      double adjoint = learning == Learning.BILEVEL ? weights + state : 0;
      return graphs * (activations + weights + state + gradient) + weights + state + adjoint;
    }
  }

  private static double graphBytes(Model model, NamedTensors parameters, int images) {
    ImageShape shape = model.input();
    try (TensorScope scope = TensorScope.open()) {
      Tensor zeros = torch.zeros(images, shape.channels(), shape.height(), shape.width());
      return GraphMemory.bytes(
          model.forward(zeros, parameters, model.initialBuffers(), Mode.evaluation()).logits());
    }
  }

  private static NamedTensors parameters(Model model) {
    try {
      return model.initialParameters(RandomStream.seeded(0)).asLeaves();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--model: " + e.getMessage(), e);
    }
  }
}
