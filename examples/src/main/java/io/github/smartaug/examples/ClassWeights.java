package io.github.smartaug.examples;

import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Loss;
import io.github.smartaug.meta.MetaLearner;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Learns how much each class should weigh in the training loss, from training data in which one
 * class is rare and a small validation set in which all are equally frequent.
 */
public final class ClassWeights {
  private static final int CLASSES = 3;
  private static final int STEPS_PER_META_STEP = 5;
  private final RandomStream random = RandomStream.seeded(1);

  /** Points of the plane [n,2] around one corner of a triangle per class, and their classes. */
  private record Points(Tensor positions, Tensor labels) {}

  /** Prints the learned weights. */
  public static void main(String[] arguments) {
    double[] weights = new ClassWeights().learn(100);
    System.out.printf(Locale.ROOT, "weights %.2f %.2f %.2f%n", weights[0], weights[1], weights[2]);
  }

  /** The weight of every class after that many meta steps; they start at 1, the last is rare. */
  public double[] learn(int metaSteps) {
    try (TensorScope scope = TensorScope.open()) {
      Points training = points(200, 200, 10);
      Points validation = points(50, 50, 50);
      NamedTensors logWeights = NamedTensors.of("log weights", Tensors.of(new double[CLASSES], 3));
      NamedTensors classifier =
          NamedTensors.of("weight", Tensors.of(new double[2 * CLASSES], 2, CLASSES))
              .with(NamedTensors.of("bias", Tensors.of(new double[CLASSES], CLASSES)));
      Loss trainingLoss =
          (parameters, meta) -> {
            Tensor perPoint = CrossEntropy.perImage(scores(training, parameters), training.labels);
            Tensor weights = meta.get("log weights").exp().index_select(0, training.labels);
            return perPoint.mul(weights).mean();
          };
      Loss validationLoss =
          (parameters, meta) ->
              CrossEntropy.mean(scores(validation, parameters), validation.labels);
      try (MetaLearner learner =
          MetaLearner.builder()
              .setInnerStep(new InnerStep(new DifferentiableSgd(), Optional.empty()))
              .setHyperparameters(
                  new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.5))
              .setParameters(classifier)
              .setMetaParameters(logWeights)
              .optMetaLearningRate(0.05)
              .build()) {
        List<InnerObjective> steps =
            Collections.nCopies(STEPS_PER_META_STEP, InnerObjective.of(trainingLoss));
        for (int i = 0; i < metaSteps; i++) {
          learner.cycle(steps, OuterObjective.of(validationLoss));
        }
        return Tensors.toDoubles(learner.metaParameters().get("log weights").exp());
      }
    }
  }

  private static Tensor scores(Points points, NamedTensors parameters) {
    return points.positions.matmul(parameters.get("weight")).add(parameters.get("bias"));
  }

  private Points points(int... perClass) {
    int count = perClass[0] + perClass[1] + perClass[2];
    double[] positions = new double[2 * count];
    long[] labels = new long[count];
    int next = 0;
    for (int label = 0; label < CLASSES; label++) {
      double angle = 2 * Math.PI * label / CLASSES;
      for (int i = 0; i < perClass[label]; i++, next++) {
        positions[2 * next] = Math.cos(angle) + 0.6 * random.nextGaussian();
        positions[2 * next + 1] = Math.sin(angle) + 0.6 * random.nextGaussian();
        labels[next] = label;
      }
    }
    return new Points(Tensors.of(positions, count, 2), Tensors.of(labels, count));
  }
}
