package io.github.smartaug.bench;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of libtorch's own modules, as one writes it in C++: what our models are compared with.
 * Names of tensors are those of our models. Modules keep their tensors, and change them in place.
 */
final class LibtorchNetwork implements AutoCloseable {
  private static final long[] ONE = {1, 1};

  private final Arena arena = new Arena();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final UnaryOperator<Tensor> network;

  private LibtorchNetwork(String model, int classes) {
    try (TensorScope scope = TensorScope.open()) {
      this.network =
          switch (model) {
            case "lenet" -> leNet(classes);
            case "resnet18" -> resNet18(classes, true);
            case "resnet18-3x3" -> resNet18(classes, false);
            default ->
                throw new IllegalArgumentException(
                    "--model: \"" + model + "\", allowed: lenet, resnet18, resnet18-3x3");
          };
    }
  }

  /**
   * A network with these values, for images of 3x32x32.
   *
   * @param model lenet, resnet18 or resnet18-3x3
   * @param initial parameters of our model of that name
   * @throws IllegalArgumentException for another model
   */
  static LibtorchNetwork create(String model, int classes, NamedTensors initial) {
    LibtorchNetwork created = new LibtorchNetwork(model, classes);
    try (NoGradGuard constant = new NoGradGuard()) {
      created.parameters.forEach((name, parameter) -> parameter.copy_(initial.get(name)));
    }
    return created;
  }

  /** Logits, in training mode; running statistics move. */
  Tensor forward(Tensor images) {
    return network.apply(images);
  }

  /** Parameters by the names of our models. */
  NamedTensors parameters() {
    return NamedTensors.of(parameters);
  }

  /** Running statistics by the names of our models. */
  NamedTensors buffers() {
    return NamedTensors.of(buffers);
  }

  private UnaryOperator<Tensor> leNet(int classes) {
    return sequence(
        convolution("conv1", 3, 20, 5, 1, 0, true),
        Tensor::relu_,
        x -> pool(x, 2, 2, 0),
        convolution("conv2", 20, 50, 5, 1, 0, true),
        Tensor::relu_,
        x -> pool(x, 2, 2, 0),
        x -> x.flatten(1, -1),
        linear("fc1", 50 * 5 * 5, 500),
        Tensor::relu_,
        linear("fc2", 500, classes));
  }

  private UnaryOperator<Tensor> resNet18(int classes, boolean forLargeImages) {
    UnaryOperator<Tensor> stem =
        forLargeImages
            ? normalizedConvolution("conv1", "bn1", 3, 64, 7, 2)
            : normalizedConvolution("conv1", "bn1", 3, 64, 3, 1);
    UnaryOperator<Tensor> all = sequence(stem, Tensor::relu_);
    if (forLargeImages) {
      all = sequence(all, x -> pool(x, 3, 2, 1));
    }
    int inputs = 64;
    for (int stage = 0; stage < 4; stage++) {
      int width = 64 << stage;
      for (int i = 0; i < 2; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        all = sequence(all, block("layer%d.%d".formatted(stage + 1, i), inputs, width, stride));
        inputs = width;
      }
    }
    return sequence(
        all,
        x -> torch.adaptive_avg_pool2d(x, ONE),
        x -> x.flatten(1, -1),
        linear("fc", inputs, classes));
  }

  private UnaryOperator<Tensor> block(String name, int inputs, int width, int stride) {
    UnaryOperator<Tensor> main =
        sequence(
            normalizedConvolution(name + ".conv1", name + ".bn1", inputs, width, 3, stride),
            Tensor::relu_,
            normalizedConvolution(name + ".conv2", name + ".bn2", width, width, 3, 1));
    String around = name + ".downsample";
    Optional<UnaryOperator<Tensor>> shortcut =
        stride == 1 && inputs == width
            ? Optional.empty()
            : Optional.of(
                normalizedConvolution(around + ".0", around + ".1", inputs, width, 1, stride));
    return x -> main.apply(x).add_(shortcut.map(layer -> layer.apply(x)).orElse(x)).relu_();
  }

  @SafeVarargs
  private static UnaryOperator<Tensor> sequence(UnaryOperator<Tensor>... layers) {
    return x -> {
      Tensor value = x;
      for (UnaryOperator<Tensor> layer : layers) {
        value = layer.apply(value);
      }
      return value;
    };
  }

  private UnaryOperator<Tensor> normalizedConvolution(
      String name, String normalization, int inputs, int outputs, int size, int stride) {
    return sequence(
        convolution(name, inputs, outputs, size, stride, size / 2, false),
        batchNormalization(normalization, outputs));
  }

  private UnaryOperator<Tensor> convolution(
      String name, int inputs, int outputs, int size, int stride, int padding, boolean bias) {
    Conv2dOptions options = new Conv2dOptions(inputs, outputs, square(size));
    options.stride().put(new long[] {stride, stride});
    options.padding().put(square(padding));
    options.bias().put(bias);
    Conv2dImpl module = arena.hold(new Conv2dImpl(options));
    register(parameters, name + ".weight", module.weight());
    if (bias) {
      register(parameters, name + ".bias", module.bias());
    }
    return module::forward;
  }

  private UnaryOperator<Tensor> batchNormalization(String name, int channels) {
    BatchNorm2dImpl module = arena.hold(new BatchNorm2dImpl(new BatchNormOptions(channels)));
    register(parameters, name + ".weight", module.weight());
    register(parameters, name + ".bias", module.bias());
    register(buffers, name + ".running_mean", module.running_mean());
    register(buffers, name + ".running_var", module.running_var());
    return module::forward;
  }

  private UnaryOperator<Tensor> linear(String name, int inputs, int outputs) {
    LinearImpl module = arena.hold(new LinearImpl(inputs, outputs));
    register(parameters, name + ".weight", module.weight());
    register(parameters, name + ".bias", module.bias());
    return module::forward;
  }

  /** Keeps a handle of the module's tensor: the module's own cannot be held. */
  private void register(Map<String, Tensor> tensors, String name, Tensor ofModule) {
    tensors.put(name, arena.hold(new Tensor(ofModule)));
  }

  private static Tensor pool(Tensor x, int size, int stride, int padding) {
    long[] sizes = {size, size};
    long[] strides = {stride, stride};
    long[] paddings = {padding, padding};
    return torch.max_pool2d(x, sizes, strides, paddings, ONE, false);
  }

  private static LongPointer square(int size) {
    return new LongPointer(size, size);
  }

  @Override
  public void close() {
    arena.close();
  }
}
