package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import java.util.List;

/**
 * What a run leaves behind. Owns the tensors of the model and the policy; closing frees them.
 *
 * @param epochs all epochs in order
 * @param bestEpoch the epoch, from 1, of the model, chosen by its validation accuracy: {@link
 *     EpochChoice}
 * @param parameters of the model after the best epoch
 * @param buffers of the model after the best epoch
 * @param augmenter the policy after the last epoch
 * @param findings what was learned beyond noise
 * @param arena owner of the tensors
 */
public record TrainingResult(
    List<EpochReport> epochs,
    int bestEpoch,
    NamedTensors parameters,
    NamedTensors buffers,
    Augmenter augmenter,
    LearningFindings findings,
    Arena arena)
    implements AutoCloseable {
  /** Copies the list. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** The report of the best epoch. */
  public EpochReport best() {
    return epochs.get(bestEpoch - 1);
  }

  /** The report of the last epoch. */
  public EpochReport last() {
    return epochs.get(epochs.size() - 1);
  }

  @Override
  public void close() {
    arena.close();
  }
}
