package io.github.smartaug.cli;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A TorchScript file as Python would write it, of a small network for images of 28x28 pixels and
 * ten classes: convolution, batch normalisation, ReLU, max-pool, dropout, a linear layer.
 */
final class ScriptedFile {
  private ScriptedFile() {}

  /** Writes the network for images of so many channels. */
  static Path write(Path file, int channels) {
    return write(file, channels, "%s");
  }

  /**
   * The same with another end.
   *
   * @param end what becomes of the logits, which stand where it has %s
   */
  static Path write(Path file, int channels, String end) {
    try (TensorScope scope = TensorScope.open()) {
      CompilationUnit unit = new CompilationUnit();
      JitModule convolution = module(unit, "Conv2d");
      convolution.register_parameter("weight", random(0.2, 6, channels, 5, 5), false);
      convolution.define(
          """
          def forward(self, x: Tensor) -> Tensor:
              return torch.conv2d(x, self.weight, None, [2, 2])
          """);
      JitModule features = module(unit, "Sequential");
      features.register_module("0", convolution);
      features.register_module("1", normalization(unit));
      features.define(
          """
          def forward(self, x: Tensor) -> Tensor:
              x = getattr(self, "1").forward(getattr(self, "0").forward(x))
              return torch.max_pool2d(torch.relu(x), [2, 2], [2, 2])
          """);
      JitModule network = module(unit, "Network");
      network.register_module("features", features);
      network.register_parameter("head", random(0.1, 10, 216), false);
      network.define(
          """
          def forward(self, x: Tensor) -> Tensor:
              x = torch.flatten(self.features.forward(x), 1)
              x = torch.matmul(torch.dropout(x, 0.2, self.training), self.head.t())
              return END
          """
              .replace("END", end.formatted("x")));
      network.save(file.toString());
      return file;
    }
  }

  private static JitModule normalization(CompilationUnit unit) {
    JitModule module = module(unit, "BatchNorm2d");
    module.register_parameter("weight", torch.ones(6).requires_grad_(true), false);
    module.register_parameter("bias", torch.zeros(6).requires_grad_(true), false);
    module.register_buffer("running_mean", torch.zeros(6));
    module.register_buffer("running_var", torch.ones(6));
    module.register_buffer("num_batches_tracked", Tensors.of(new long[1]));
    module.define(
        """
        def forward(self, x: Tensor) -> Tensor:
            if self.training:
                self.num_batches_tracked.add_(1)
            return torch.batch_norm(x, self.weight, self.bias, self.running_mean,
                self.running_var, self.training, 0.1, 1e-05, True)
        """);
    return module;
  }

  private static JitModule module(CompilationUnit unit, String type) {
    JitModule module = new JitModule(new QualifiedName("__torch__." + type), unit);
    module.register_attribute("training", new Type.TypePtr(BoolType.get().get()), new IValue(true));
    return module;
  }

  private static Tensor random(double spread, long... shape) {
    RandomStream random = RandomStream.seeded(1);
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    double[] values = new double[size];
    Arrays.setAll(values, i -> spread * random.nextGaussian());
    return Tensors.of(values, shape).to(ScalarType.Float).requires_grad_(true);
  }
}
