package io.github.smartaug.run;

import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.TrainingResult;
import java.util.List;
import java.util.Optional;

/**
 * The model of the best epoch on the test set, once more at the end.
 *
 * @param clean images as they are
 * @param augmented predictions from augmented copies, if asked for
 * @param classNames of the data set
 */
record FinalTest(Evaluation clean, Optional<Evaluation> augmented, List<String> classNames) {
  static FinalTest of(TrainingResult result, RunDescription run) {
    try (TensorScope scope = TensorScope.open()) {
      Evaluator evaluator =
          new Evaluator(
              run.config().model().computation().of(run.model()), run.batches().normalization());
      BatchSource test = run.batches().on(Devices.parse(run.config().platform().device())).test();
      int copies = run.testTimeCopies();
      return new FinalTest(
          evaluator.evaluate(result.parameters(), result.buffers(), test),
          copies == 0
              ? Optional.empty()
              : Optional.of(
                  evaluator.evaluate(
                      result.parameters(),
                      result.buffers(),
                      test,
                      new TestTimeAugmentation(result.augmenter(), copies, run.seed()))),
          run.config().data().classNames());
    }
  }
}
