package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightTransferTest {
  static {
    TorchRuntime.initialize();
  }

  private static final ImageShape GREY = new ImageShape(1, 28, 28);
  private static final Path FILE = Path.of("weights.pt");

  private final TensorScope scope = TensorScope.open();

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static WeightTransfer transfer(
      String model, ImageShape input, int classes, StateDictionary weights) {
    return WeightTransfer.to(
        Models.create(model, input, classes),
        Models.head(model, input, classes),
        weights,
        RandomStream.seeded(4));
  }

  private static StateDictionary state(NamedTensors tensors) {
    return new StateDictionary(FILE, tensors, List.of());
  }

  /** Weights and statistics of a model, as another training could have left them. */
  private static NamedTensors trained(String model, ImageShape input, int classes) {
    Model other = Models.create(model, input, classes);
    return other
        .initialParameters(RandomStream.seeded(9))
        .with(other.initialBuffers())
        .map((Tensor tensor) -> tensor.add(new Scalar(1)));
  }

  private static void assertBegins(PretrainedModel model, NamedTensors with) {
    NamedTensors first =
        model.initialParameters(RandomStream.seeded(0)).with(model.initialBuffers());
    for (String name : first.names()) {
      assertThat(first.get(name).equal(with.get(name))).as(name).isTrue();
    }
  }

  @Test
  void the_weights_of_a_file_are_those_that_training_begins_with() {
    StateDictionary weights = StateDictionary.read(WeightFiles.path("lenet.pth"));

    WeightTransfer transfer = transfer("lenet", GREY, 10, weights);

    assertBegins(transfer.model(), weights.tensors());
    assertThat(Tensors.toFloats(transfer.model().parameters().get("fc1.weight")))
        .hasSize(400_000)
        .containsOnly(0.05f);
    assertThat(transfer.remarks()).isEmpty();
  }

  @Test
  void the_names_of_resnet_18_are_those_of_torchvision() {
    NamedTensors names = trained("resnet18", new ImageShape(3, 32, 32), 1000);

    assertThat(names.size()).isEqualTo(122);
    assertThat(names.elementCount()).isEqualTo(11_689_512 + 9_600 + 20);
    assertThat(names.names())
        .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight")
        .contains(
            "bn1.running_mean",
            "bn1.num_batches_tracked",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.running_var",
            "layer4.1.bn2.bias",
            "fc.weight",
            "fc.bias");
    assertThat(Models.head("resnet18", GREY, 10)).containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void a_head_of_another_number_of_classes_begins_anew_and_is_named() {
    NamedTensors stored = trained("resnet18", GREY, 1000);

    WeightTransfer transfer = transfer("resnet18", GREY, 7, state(stored));

    NamedTensors fresh =
        Models.create("resnet18", GREY, 7).initialParameters(RandomStream.seeded(4));
    NamedTensors head =
        NamedTensors.of("fc.weight", fresh.get("fc.weight"))
            .with(NamedTensors.of("fc.bias", fresh.get("fc.bias")));
    assertBegins(transfer.model(), stored.with(head));
    assertThat(transfer.remarks())
        .containsExactly(
            "fc.weight, fc.bias begin anew: they were for another number of classes than 7");
  }

  @Test
  void missing_and_unexpected_tensors_are_listed() {
    Map<String, Tensor> stored = new LinkedHashMap<>(trained("lenet", GREY, 10).asMap());
    stored.keySet().removeAll(List.of("conv1.bias", "fc2.weight"));
    for (int i = 0; i < 7; i++) {
      stored.put("aux." + i, Tensors.of(new float[1], 1));
    }

    WeightTransfer transfer = transfer("lenet", GREY, 10, state(NamedTensors.of(stored)));

    assertThat(transfer.remarks())
        .containsExactly(
            "2 of 8 tensors are not in the file and begin anew: conv1.bias, fc2.weight",
            "7 of the file's tensors are not in the model and are left out: aux.0, aux.1, aux.2,"
                + " aux.3, aux.4 and 2 more");
  }

  private enum Length {
    HALF(ScalarType.Half),
    BFLOAT16(ScalarType.BFloat16),
    DOUBLE(ScalarType.Double);

    private final ScalarType type;

    Length(ScalarType type) {
      this.type = type;
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbers_of_other_lengths_become_float32(Length length) {
    NamedTensors stored =
        trained("resnet18", GREY, 10)
            .map((Tensor tensor) -> tensor.is_floating_point() ? tensor.to(length.type) : tensor);

    PretrainedModel model = transfer("resnet18", GREY, 10, state(stored)).model();

    assertThat(model.parameters().tensors())
        .allMatch(tensor -> tensor.scalar_type().intern() == ScalarType.Float);
    assertThat(model.buffers().get("bn1.num_batches_tracked").item_long()).isEqualTo(1);
    assertBegins(
        model,
        stored.map(
            (Tensor tensor) -> tensor.is_floating_point() ? tensor.to(ScalarType.Float) : tensor));
  }

  private static void assertRefused(
      String model, ImageShape input, int classes, NamedTensors stored, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transfer(model, input, classes, state(stored)))
        .withMessage("weights.pt: " + message);
  }

  @Test
  void what_does_not_fit_is_one_line() {
    NamedTensors lenet = trained("lenet", GREY, 10);
    assertRefused(
        "lenet",
        new ImageShape(1, 32, 32),
        10,
        lenet,
        "tensor \"fc1.weight\" has shape [500, 800], allowed: [500, 1250] as in the model");
    assertRefused(
        "lenet",
        new ImageShape(3, 28, 28),
        10,
        lenet,
        "weights for images of 1 channels (tensor \"conv1.weight\" has shape [20, 1, 5, 5]),"
            + " allowed: images of as many, not 3x28x28");
    assertRefused(
        "mlp",
        GREY,
        10,
        NamedTensors.of("other", Tensors.of(new float[1], 1)),
        "no tensor of the model, it has other, allowed: names such as fc1.weight, fc1.bias,"
            + " fc2.weight, fc2.bias, fc3.weight and 1 more");
    assertRefused(
        "lenet",
        GREY,
        10,
        lenet.map((String name, Tensor t) -> name.equals("fc1.bias") ? t.to(ScalarType.Long) : t),
        "tensor \"fc1.bias\" is of Long, allowed: floating-point numbers");
  }

  @Test
  void numbers_that_are_not_finite_are_refused_by_the_name_of_their_tensor() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> transfer("lenet", GREY, 10, StateDictionary.read(WeightFiles.path("nan.pth"))))
        .withMessage(
            WeightFiles.path("nan.pth")
                + ": tensor \"fc1.bias\" holds NaN or infinity, allowed: finite numbers");
    NamedTensors tooLarge =
        trained("lenet", GREY, 10)
            .map((Tensor tensor) -> tensor.to(ScalarType.Double).mul(new Scalar(1e300)));
    assertRefused(
        "lenet",
        GREY,
        10,
        tooLarge,
        "tensor \"conv1.weight\" holds NaN or infinity, allowed: finite numbers");
  }
}
