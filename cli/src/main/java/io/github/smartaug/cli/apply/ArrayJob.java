package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.images.ArrayImages;
import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Images in a .npy file. */
record ArrayJob(
    ApplyOptions options, ImageOperation operation, Tensor images, String name, List<Path> targets)
    implements ApplyJob {
  /** Large arrays are worked on in parts, so that intermediate results need little memory. */
  private static final int PART = 256;

  static ArrayJob prepare(ApplyOptions options, ImageOperation operation) throws IOException {
    Path input = options.input();
    Path output = options.output();
    if (!output.toString().endsWith(ArrayImages.SUFFIX)) {
      throw new IllegalArgumentException(
          output + ": not a .npy file, allowed for the images of " + input + ": .npy");
    }
    Targets.requireFolder(output);
    Targets targets = new Targets(options);
    targets.requireFree(targets.of(output));
    Tensor images = ArrayImages.read(input);
    operation.requireImages(Math.toIntExact(images.size(0)), input.toString());
    try {
      operation.requireChannels(Math.toIntExact(images.size(1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(input + ": " + e.getMessage(), e);
    }
    String name = input.getFileName().toString();
    return new ArrayJob(options, operation, images, name, targets.of(output));
  }

  @Override
  public void execute(PrintStream out, PrintStream err) throws IOException {
    TorchRuntime.setThreads(options.threads());
    for (int copy = 1; copy <= targets.size(); copy++) {
      try (TensorScope scope = TensorScope.open()) {
        RandomStream random = ImageWorker.draws(options.seed(), name, copy);
        Npy.write(targets.get(copy - 1), result(random));
      }
    }
  }

  private Tensor result(RandomStream random) {
    int count = Math.toIntExact(images.size(0));
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor result = torch.empty_like(images);
      for (int first = 0; first < count; first += PART) {
        int size = Math.min(PART, count - first);
        try (TensorScope part = TensorScope.open()) {
          Tensor transformed = operation.apply(images.narrow(0, first, size), first, random);
          result.narrow(0, first, size).copy_(transformed);
        }
      }
      return scope.keep(result);
    }
  }
}
