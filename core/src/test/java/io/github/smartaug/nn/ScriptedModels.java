package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.nio.file.Path;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Models of this library, and the same in TorchScript with the same weights. */
public enum ScriptedModels {
  /** Convolutions, max-pool, ReLU. */
  LENET {
    @Override
    public Model own() {
      return LeNet.create(new ImageShape(3, 28, 28), 10, MemoryFormat.CONTIGUOUS);
    }

    @Override
    Script script(NamedTensors weights) {
      Script.Unit unit = new Script.Unit();
      return unit.module("LeNet")
          .inner("conv1", convolution(unit, "conv1", weights, 0))
          .inner("conv2", convolution(unit, "conv2", weights, 0))
          .inner("fc1", linear(unit, "fc1", weights))
          .inner("fc2", linear(unit, "fc2", weights))
          .forward(
              "x = torch.max_pool2d(torch.relu(self.conv1.forward(x)), [2, 2], [2, 2])",
              "x = torch.max_pool2d(torch.relu(self.conv2.forward(x)), [2, 2], [2, 2])",
              "return self.fc2.forward(torch.relu(self.fc1.forward(torch.flatten(x, 1))))");
    }
  },

  /** A nested sequence with batch normalisation, a convolution without bias, and max-pool. */
  NORMALIZED {
    @Override
    public Model own() {
      return new LayeredModel(
          new ImageShape(3, 12, 12),
          5,
          MemoryFormat.CONTIGUOUS,
          Sequential.of(
              new Conv2d(
                  "features.0",
                  3,
                  4,
                  Window.of(3).withPadding(1),
                  Bias.NONE,
                  Initializer.kaimingNormalFanOut()),
              new BatchNorm2d("features.1", 4),
              new ReLU(),
              new MaxPool2d(Window.of(2).withStride(2)),
              new Flatten(),
              new Linear("classifier", 144, 5)));
    }

    @Override
    Script script(NamedTensors weights) {
      Script.Unit unit = new Script.Unit();
      Script features =
          unit.module("Sequential")
              .inner("0", convolution(unit, "features.0", weights, 1))
              .inner("1", normalization(unit, "features.1", weights))
              .inner("2", unit.module("ReLU").forward("return torch.relu(x)"))
              .forward(
                  "x = getattr(self, \"1\").forward(getattr(self, \"0\").forward(x))",
                  "return getattr(self, \"2\").forward(x)");
      return unit.module("Network")
          .inner("features", features)
          .inner("classifier", linear(unit, "classifier", weights))
          .forward(
              "x = torch.max_pool2d(self.features.forward(x), [2, 2], [2, 2])",
              "return self.classifier.forward(torch.flatten(x, 1))");
    }
  };

  private static final Device CPU = new Arena().hold(Devices.parse("cpu"));

  /** The model of this library. */
  public abstract Model own();

  abstract Script script(NamedTensors weights);

  /** The one in TorchScript, in the current scope, with the weights of {@link #weights}. */
  public TorchScriptModel scripted(Path folder) {
    Path file = save(folder.resolve(name() + ".pt"));
    return TorchScriptModel.read(file, own().input(), own().classes(), CPU);
  }

  /** Writes the one in TorchScript. */
  public Path save(Path file) {
    try (TensorScope scope = TensorScope.open()) {
      return script(weights()).save(file);
    }
  }

  /** All tensors of the model as it begins for seed 3. */
  NamedTensors weights() {
    return own().initialParameters(RandomStream.seeded(3)).with(own().initialBuffers());
  }

  private static Script convolution(
      Script.Unit unit, String name, NamedTensors weights, int padding) {
    Script script = unit.module("Conv2d").parameter("weight", leaf(weights, name + ".weight"));
    if (weights.names().contains(name + ".bias")) {
      script.parameter("bias", leaf(weights, name + ".bias"));
    } else {
      script.noParameter("bias");
    }
    return script.forward(
        "return torch.conv2d(x, self.weight, self.bias, [1, 1], [%1$d, %1$d], [1, 1], 1)"
            .formatted(padding));
  }

  private static Script linear(Script.Unit unit, String name, NamedTensors weights) {
    return unit.module("Linear")
        .parameter("weight", leaf(weights, name + ".weight"))
        .parameter("bias", leaf(weights, name + ".bias"))
        .forward("return torch.linear(x, self.weight, self.bias)");
  }

  static Script normalization(Script.Unit unit, String name, NamedTensors weights) {
    return unit.module("BatchNorm2d")
        .parameter("weight", leaf(weights, name + ".weight"))
        .parameter("bias", leaf(weights, name + ".bias"))
        .buffer("running_mean", weights.get(name + ".running_mean"))
        .buffer("running_var", weights.get(name + ".running_var"))
        .buffer("num_batches_tracked", weights.get(name + ".num_batches_tracked"))
        .forward(
            "if self.training:",
            "    self.num_batches_tracked.add_(1)",
            "return torch.batch_norm(x, self.weight, self.bias, self.running_mean,"
                + " self.running_var, self.training, 0.1, 1e-05, True)");
  }

  private static Tensor leaf(NamedTensors weights, String name) {
    return weights.get(name).detach().requires_grad_(true);
  }
}
