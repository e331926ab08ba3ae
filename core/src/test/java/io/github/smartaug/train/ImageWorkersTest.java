package io.github.smartaug.train;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerObjective.Evaluation;
import io.github.smartaug.meta.SimulatedWorkers;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learned policy whose loss weights are normalised over a batch that two workers share. */
class ImageWorkersTest {
  private static final int WORKERS = 2;
  private static final Model MODEL = Models.create("mlp", new ImageShape(3, 8, 8), 4);

  /** Seven images: one worker has three of them, the other four. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void workers_on_parts_of_a_batch_learn_the_policy_as_one_on_the_whole(int steps)
      throws Exception {
    try (TensorScope scope = TensorScope.open()) {
      ShortRun run = new ShortRun(ScalarType.Double, MODEL, MODEL);
      NamedTensors whole = run.hypergradient(steps, objective -> objective);

      List<List<double[]>> parts =
          new SimulatedWorkers(WORKERS)
              .run(
                  worker ->
                      run
                          .hypergradient(
                              ShortRun.step().withWorkers(worker.average()),
                              steps,
                              objective -> share(objective, worker.index()))
                          .tensors()
                          .stream()
                          .map(Tensors::toDoubles)
                          .toList());

      for (List<double[]> part : parts) {
        NamedTensors learned =
            whole.withTensors(part.stream().map(v -> Tensors.of(v, v.length)).toList());
        EqualToRounding.require(learned, whole);
      }
    }
  }

  /** A share of the mean over the whole batch, times the number of workers: their mean is whole. */
  private static InnerObjective share(ImageObjective objective, int worker) {
    InnerObjective part = objective.split(WORKERS).get(worker);
    return (parameters, buffers, meta) -> {
      Evaluation share = part.evaluate(parameters, buffers, meta);
      return new Evaluation(share.loss().mul(new Scalar((double) WORKERS)), share.buffers());
    };
  }
}
