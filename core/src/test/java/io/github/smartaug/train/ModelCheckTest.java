package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ForwardingBatches;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Models that are not what a loss needs are found before the first step. */
class ModelCheckTest {
  private static final int CLASSES = 3;

  /** What a model does to its logits at its end. */
  private record End(UnaryOperator<Tensor> function) implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        return scope.keep(function.apply(input));
      }
    }
  }

  /** A linear model that says that it has so many classes, and makes so many logits. */
  private static Model model(int classes, int logits, UnaryOperator<Tensor> end) {
    return new LayeredModel(
        new ImageShape(1, 6, 6),
        classes,
        MemoryFormat.CONTIGUOUS,
        Sequential.of(new Flatten(), new Linear("fc", 36, logits), new End(end)));
  }

  private static Model model(int classes, int logits) {
    return model(classes, logits, x -> x.mul(new Scalar(1)));
  }

  /** Images that know of how many classes they are. */
  private record Known(BatchSource source) implements ForwardingBatches {
    @Override
    public OptionalInt classCount() {
      return OptionalInt.of(CLASSES);
    }
  }

  private static TrainingData known() {
    TrainingData data = SmallRun.data();
    return new TrainingData(
        new Known(data.training()), data.validation(), data.test(), data.normalization());
  }

  /** The line with which training is refused before anything begins. */
  private static void requireRefused(Model model, TrainingData data, String message) {
    List<TrainingPlan> begun = new ArrayList<>();
    JointTrainer trainer =
        new JointTrainer(model, new NoAugmentation(), data, SmallRun.options(1, 1))
            .addListener(
                new TrainingListener() {
                  @Override
                  public void trainingStarted(TrainingPlan plan) {
                    begun.add(plan);
                  }
                });
    assertThatIllegalArgumentException().isThrownBy(trainer::checkModel).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(trainer::train).withMessage(message);
    assertThat(begun).isEmpty();
  }

  @Test
  void more_classes_than_the_images_have_are_refused() {
    requireRefused(
        model(5, 5), known(), "model: 5 classes, allowed: 3, as many as the images have");
  }

  @Test
  void fewer_classes_than_the_images_have_are_refused_whether_or_not_the_images_know() {
    requireRefused(
        model(2, 2), known(), "model: 2 classes, allowed: 3, as many as the images have");
    requireRefused(model(2, 2), SmallRun.data(), "label: 2, allowed with 2 logits: 0 to 1");
  }

  @Test
  void another_number_of_logits_than_the_model_says_is_refused() {
    for (int logits : new int[] {2, 4}) {
      requireRefused(
          model(3, logits),
          SmallRun.data(),
          "model: makes [4, %d] of 4 images, allowed: [4, 3], a logit for each class"
              .formatted(logits));
    }
  }

  @Test
  void a_softmax_at_the_end_is_found_and_nothing_else_is() {
    assertThat(endsInSoftmax(model(3, 3, x -> x.softmax(1)))).isTrue();
    assertThat(endsInSoftmax(model(3, 3))).isFalse();
    assertThat(endsInSoftmax(model(3, 3, x -> x.log_softmax(1)))).isFalse();
    assertThat(endsInSoftmax(model(3, 3, Tensor::sigmoid))).isFalse();
    assertThat(endsInSoftmax(model(3, 3, x -> x.softmax(1).sub(new Scalar(0.5))))).isFalse();
  }

  private static boolean endsInSoftmax(Model model) {
    try (TensorScope scope = TensorScope.open()) {
      return new ModelCheck(model, SmallRun.data())
          .endsInSoftmax(model.initialParameters(RandomStream.seeded(1)), model.initialBuffers());
    }
  }
}
