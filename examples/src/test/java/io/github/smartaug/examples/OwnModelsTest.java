package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and layers that docs/own-models.md shows. */
class OwnModelsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/smartaug/examples");
  private static final ImageShape IMAGES = new ImageShape(1, 6, 6);

  @Test
  void a_model_of_layers_is_trained_with_a_policy_and_loaded_by_its_name(@TempDir Path parent)
      throws IOException {
    requireTrainable(new SmallNetwork(), parent.resolve("run"));
  }

  @Test
  void a_model_without_layers_is_trained_with_a_policy_and_loaded_by_its_name(@TempDir Path parent)
      throws IOException {
    requireTrainable(new Prototypes.Type(), parent.resolve("run"));
  }

  private static void requireTrainable(ModelType type, Path folder) throws IOException {
    DatasetBundle images =
        Datasets.load("fashion-mnist-mini").limitTraining(640, 1).ensureValidation(0.2, 1);
    TrainingOptions options =
        TrainingOptions.builder()
            .epochs(3)
            .inner(InnerOptions.defaults(0.1))
            .meta(MetaOptions.builder().innerSteps(4).build())
            .build();
    Models.register(type);
    try {
      double accuracy = TrainOwnModel.train(type.name(), images, options, folder);
      assertThat(accuracy).isGreaterThan(0.2);
      try (TrainedClassifier classifier = TrainedClassifier.load(folder)) {
        assertThat(classifier.classNames()).isEqualTo(images.classNames());
      }
    } finally {
      Models.unregister(type.name());
    }
  }

  @Test
  void the_logits_of_prototypes_tell_the_nearest() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = new Prototypes(new ImageShape(1, 1, 2), 2);
      NamedTensors prototypes =
          NamedTensors.of("images", Tensors.of(new float[] {0, 0, 1, 1}, 2, 2));
      Tensor images = Tensors.of(new float[] {0.1f, 0.4f, 0.9f, 0.3f}, 2, 1, 1, 2);
      Tensor logits =
          model.forward(images, prototypes, NamedTensors.empty(), Mode.evaluation()).logits();
      assertThat(Tensors.toLongs(logits.argmax(new LongOptional(1), false))).containsExactly(0, 1);
    }
  }

  @Test
  void the_tangent_of_a_layer_of_one_s_own_is_the_derivative_along_a_direction() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = network(new Swish("swish"));
      RandomStream random = RandomStream.seeded(2);
      NamedTensors at = doubles(model.initialParameters(random));
      NamedTensors direction = at.map((Tensor t) -> normal(random, t.shape()));
      Tensor images = normal(random, 4, 1, 6, 6);
      try (Model.Linearized pass =
          model.linearize(images, at, NamedTensors.empty(), training()).orElseThrow()) {
        double step = 1e-6;
        Tensor ahead = logits(model, images, at, direction, step);
        Tensor behind = logits(model, images, at, direction, -step);
        double[] expected = Tensors.toDoubles(ahead.sub(behind).div(new Scalar(2 * step)));
        assertThat(Tensors.toDoubles(pass.tangent(direction)))
            .containsExactly(expected, within(1e-7));
      }
    }
  }

  private static Tensor logits(
      Model model, Tensor images, NamedTensors at, NamedTensors direction, double step) {
    NamedTensors moved = at.combine(direction, (t, along) -> t.add(along, new Scalar(step)));
    return model.forward(images, moved, NamedTensors.empty(), training()).logits();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void a_layer_with_a_tangent_and_one_without_give_the_same_hypergradient(int steps) {
    try (TensorScope scope = TensorScope.open()) {
      Swish swish = new Swish("swish");
      Layer withoutTangent = new WithoutTangent(swish);
      assertThat(network(withoutTangent).network().isLinearizable()).isFalse();
      NamedTensors expected = hypergradient(network(withoutTangent), steps);
      NamedTensors actual = hypergradient(network(swish), steps);
      for (String name : expected.names()) {
        double[] values = Tensors.toDoubles(expected.get(name));
        assertThat(Arrays.stream(values).map(Math::abs).sum()).as(name).isGreaterThan(1e-6);
        assertThat(Tensors.toDoubles(actual.get(name)))
            .as(name)
            .containsExactly(values, within(1e-10));
      }
    }
  }

  /** The layer as it would be without its last two methods. */
  private record WithoutTangent(Layer layer) implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      return layer.forward(input, pass);
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return layer.initialParameters(random);
    }
  }

  /** Of a policy, after some steps on a few random images. */
  private static NamedTensors hypergradient(Model model, int steps) {
    RandomStream random = RandomStream.seeded(3);
    IndependentPolicy drawn =
        IndependentPolicy.initial(
            TransformSets.named("base").usableOn(1), PolicyOptions.learned(2));
    IndependentPolicy policy = drawn.withParameters(doubles(drawn.parameters()));
    Normalization normalization = new Normalization(List.of(0.5), List.of(0.3));
    Batch batch =
        new Batch(
            Tensors.of(random.doubles(5 * 36).toArray(), 5, 1, 6, 6),
            Tensors.of(new long[] {0, 1, 2, 1, 0}, 5));
    InnerState start =
        new InnerState(
            doubles(model.initialParameters(random)),
            OptimizerState.initial(),
            NamedTensors.empty());
    Hyperparameters rates =
        new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.1);
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());
    try (Trajectory trajectory =
        new Unrolled().start(step, start, policy.learnedParameters(), steps)) {
      for (int t = 0; t < steps; t++) {
        InnerObjective objective =
            new ImageObjective(
                model, normalization, new MixedLoss(1), policy, batch, policy.draw(5, random), t);
        trajectory.step(objective, rates);
      }
      return trajectory
          .hypergradient(new ValidationObjective(model, normalization, batch, policy, 0))
          .gradient();
    }
  }

  private static LayeredModel network(Layer activation) {
    return new LayeredModel(
        IMAGES,
        3,
        Sequential.of(
            new Conv2d("conv", 1, 4, Window.of(3)),
            activation,
            new Flatten(),
            new Linear("fc", 64, 3)));
  }

  private static Mode training() {
    return Mode.training(RandomStream.seeded(1));
  }

  private static NamedTensors doubles(NamedTensors tensors) {
    return tensors.map((Tensor t) -> t.to(ScalarType.Double));
  }

  private static Tensor normal(RandomStream random, long... shape) {
    int size = 1;
    for (long length : shape) {
      size *= Math.toIntExact(length);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensors.of(values, shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SmallNetwork", "Swish", "Prototypes"})
  void the_page_quotes_the_sources(String type) throws IOException {
    String source = Files.readString(SOURCES.resolve(type + ".java"));
    requireQuoted(source.substring(source.indexOf("/**")));
  }

  @Test
  void the_page_quotes_the_program() throws IOException {
    String source = Files.readString(SOURCES.resolve("TrainOwnModel.java"));
    int begin = source.indexOf("    Models.register(");
    int end = source.indexOf("    try (TrainedClassifier", begin);
    requireQuoted(source.substring(begin, end).indent(-4));
  }

  private static void requireQuoted(String code) throws IOException {
    assertThat(Files.readString(Path.of("../docs/own-models.md")))
        .contains("```java\n" + code + "```\n");
  }
}
