package io.github.smartaug.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the TorchScript of {@code bench/run zoo} is the same function as our model. */
class ScriptedNetworkTest {
  private static final ImageShape IMAGES = new ImageShape(3, 32, 32);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lenet",
        "mlp",
        "resnet18-3x3",
        "vgg11-bn",
        "densenet121",
        "efficientnet-b0",
        "mobilenet-v2",
        "convnext-tiny",
        "vit-s-16",
        "wrn-16-4",
        "resnet18-auxiliary",
        "resnet18-deconvolution"
      })
  void evaluated_networks_have_the_same_logits(String name) {
    try (TensorScope scope = TensorScope.open()) {
      LayeredModel model = model(name);
      NetworkValues values = NetworkValues.draw(model, 4);
      requireSame(model, values, Mode.evaluation());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lenet",
        "mlp",
        "resnet18-3x3",
        "densenet121",
        "vit-s-16",
        "wrn-16-4",
        "resnet18-auxiliary",
        "resnet18-deconvolution"
      })
  void networks_without_draws_have_the_same_logits_gradients_and_statistics_in_training(
      String name) {
    try (TensorScope scope = TensorScope.open()) {
      LayeredModel model = model(name);
      NetworkValues values = NetworkValues.draw(model, 4);
      Mode mode = Mode.training(RandomStream.seeded(1));
      NamedTensors moved = requireSame(model, values, mode);
      NamedTensors expected =
          model.forward(values.images(), values.parameters(), values.buffers(), mode).buffers();
      moved.names().forEach(buffer -> requireClose(moved.get(buffer), expected.get(buffer), 1e-4));
    }
  }

  private static LayeredModel model(String name) {
    return (LayeredModel) Models.create(name, IMAGES, 10);
  }

  /** Compares logits and gradients; gives the buffers after TorchScript's pass. */
  private static NamedTensors requireSame(LayeredModel model, NetworkValues values, Mode mode) {
    NamedTensors parameters = values.parameters();
    NamedTensors buffers = values.buffers().copy();
    try (ScriptedNetwork network = new ScriptedNetwork(model, mode, values)) {
      Tensor actual = network.forward(values.images(), parameters, buffers);
      Tensor expected = model.forward(values.images(), parameters, values.buffers(), mode).logits();
      requireClose(actual, expected, 1e-5);
      List<Tensor> cotangent = List.of(values.cotangent());
      NamedTensors gradients =
          parameters.withTensors(
              Tensors.vectorJacobianProduct(List.of(actual), parameters.tensors(), cotangent));
      NamedTensors expectedGradients =
          parameters.withTensors(
              Tensors.vectorJacobianProduct(List.of(expected), parameters.tensors(), cotangent));
      double largest = 0;
      for (String name : gradients.names()) {
        largest = Math.max(largest, largest(expectedGradients.get(name)));
      }
      for (String name : gradients.names()) {
        Tensor difference = gradients.get(name).sub(expectedGradients.get(name));
        assertThat(largest(difference)).as(name).isLessThan(1e-4 * largest);
      }
    }
    return buffers;
  }

  private static void requireClose(Tensor actual, Tensor expected, double tolerance) {
    double largest = largest(expected);
    assertThat(largest).isPositive().isFinite();
    assertThat(largest(actual.detach().sub(expected.detach()))).isLessThan(tolerance * largest);
  }

  private static double largest(Tensor values) {
    return Tensors.item(values.detach().abs().max());
  }
}
