package io.github.smartaug.meta;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The average over the workers of a data-parallel run. Every worker holds the same parameters and
 * meta parameters and evaluates its losses on its own part of each batch; what is averaged is every
 * derivative of a loss, as soon as it is taken.
 *
 * <p>One inner step averages the gradient {@code g(theta, phi)} before the clip and the update, and
 * with it the loss and the buffers. On the way back each worker has the same adjoint v of the
 * averaged gradient. It differentiates {@code <v, g>} of its own gradient, and the average of the
 * results is the derivative for the whole batch. The outer loss and its gradient are averaged, too,
 * so that workers may share the validation batch, or all evaluate the whole of it. So all workers
 * go through the same states and take the same meta step.
 *
 * <p>The average of the workers' losses must be the loss of the whole batch. Two things need care:
 *
 * <ul>
 *   <li>A mean over the images of a part counts as many times as the part has images. Either the
 *       average weighs each worker by its number of images, or the loss of each worker is its share
 *       of the whole mean times the number of workers.
 *   <li>Loss weights are normalised over the batch. The weights of a part alone would have a mean
 *       of 1 in each part, which is another loss. The weights of the whole batch are a function of
 *       the draws for all its images, which every worker can make: all use the same random stream.
 *       So a worker draws for the whole batch and takes from the weights those of its images, as
 *       the parts of {@code ImageObjective.split} do, which are shares of the whole mean.
 * </ul>
 *
 * <p>Two things are not those of the whole batch: batch normalisation takes the statistics of each
 * part, and the score function's baseline is the mean loss of each part, which changes the noise of
 * the gradient but not its expectation.
 */
public interface WorkerAverage {
  /** Number of workers, at least 1. */
  int workers();

  /**
   * The average of each tensor over all workers. All workers call it equally often, with tensors of
   * the same shapes in the same order. The average of equal values is that value, so weights of
   * workers sum to 1.
   *
   * @param local this worker's tensors, floating, without history; not to be changed
   * @return as many tensors, the same bits on every worker, without history, in the caller's scope
   */
  List<Tensor> of(List<Tensor> local);

  /** A single worker's average: the values as they are. */
  static WorkerAverage alone() {
    return new WorkerAverage() {
      @Override
      public int workers() {
        return 1;
      }

      @Override
      public List<Tensor> of(List<Tensor> local) {
        return local;
      }
    };
  }
}
