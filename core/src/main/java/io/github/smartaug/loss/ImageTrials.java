package io.github.smartaug.loss;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.meta.Trials;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Trials of a policy's transforms on a few images: the mixed loss, its clean part common to all.
 * The predictions for clean images that augmented ones are compared with are constants.
 *
 * <p>Dropout masks are the same in all trials.
 *
 * @param refinement on other images
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
record ImageTrials(
    Model model,
    Normalization normalization,
    MixedLoss loss,
    Augmenter augmenter,
    Batch batch,
    TrialDraws draws,
    long seed,
    Optional<Trials.Refinement> refinement)
    implements Trials {
  @Override
  public int count() {
    return draws.alternatives().size();
  }

  @Override
  public Losses at(NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    Augmenter policy = MetaParameterized.of(augmenter, metaParameters);
    if (!loss.usesClean()) {
      return new AtPoint(parameters, buffers, policy, Optional.empty());
    }
    try (TensorScope scope = TensorScope.open()) {
      Model.Output clean =
          model.forward(
              normalization.normalize(batch.images()),
              parameters,
              buffers,
              Mode.training(RandomStream.seeded(seed)));
      return new AtPoint(parameters, buffers, policy, Optional.of(scope.keep(clean.logits())));
    }
  }

  @Override
  public double drawnShare(int alternative) {
    return augmenter.drawnShare(draws.alternatives().get(alternative));
  }

  @Override
  public Tensor expectation(Worth worth, NamedTensors metaParameters) {
    return MetaParameterized.of(augmenter, metaParameters)
        .expectation(draws, worth.atEqualShares(), worth.asDrawn());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private final class AtPoint implements Losses {
    private final NamedTensors parameters;
    private final NamedTensors buffers;
    private final Augmenter policy;
    private final Optional<Tensor> clean;

    AtPoint(
        NamedTensors parameters, NamedTensors buffers, Augmenter policy, Optional<Tensor> clean) {
      this.parameters = parameters;
      this.buffers = buffers;
      this.policy = policy;
      this.clean = clean;
    }

    @Override
    public Optional<Tensor> common() {
      return clean.map(logits -> loss.cleanOnly(logits, batch.labels()));
    }

    @Override
    public Tensor of(int alternative) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor changed = policy.applyTrial(batch.images(), draws.alternatives().get(alternative));
        Model.Output output =
            model.forward(
                normalization.normalize(changed),
                parameters,
                buffers,
                Mode.trainingAside(RandomStream.seeded(seed)).ofAugmentedImages());
        return scope.keep(
            loss.augmentedPart(clean.orElse(output.logits()), output.logits(), batch.labels()));
      }
    }
  }
}
