package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.Transforms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Images per second through each transform. */
@Command(
    name = "transform-cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Images per second through each transform.",
      "",
      "Forward pass only. A plain copy of the batch is the yardstick."
    })
final class TransformCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COPY = "copy";

  /** Values in each transform's own unit; a factor or threshold of 0.6 for others. */
  private static final Map<String, Double> VALUES =
      Map.of(
          "rotate", 30.0,
          "translate-x", 5.3,
          "translate-y", 5.3,
          "posterize", 5.0,
          "cutout", 8.0,
          "soft-cutout", 8.0,
          "erase", 0.2,
          "soft-erase", 0.2,
          "crop", 4.0,
          "blur", 1.0);

  @Option(
      names = "--batch",
      defaultValue = "256",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--size",
      defaultValue = "32",
      description = "Height and width of the images, 3 channels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--repeat",
      defaultValue = "25",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(1);
      double[] pixels = random.doubles((long) batch * 3 * size * size).toArray();
      Tensor like = Tensors.of(new float[1], 1);
      Tensor images = Tensors.constant(pixels, like, batch, 3, size, size);
      List<Measurement> measurements = cases(images);
      Measurement.alternate(measurements, 10, repeat);
      print(measurements);
    }
    return 0;
  }

  private static List<Measurement> cases(Tensor images) {
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(new Measurement(COPY, probe -> copy(images)));
    for (String name : Transforms.names()) {
      Transform transform = Transforms.named(name);
      Tensor values = Tensors.full(VALUES.getOrDefault(name, 0.6), images, images.size(0));
      measurements.add(new Measurement(name, probe -> apply(transform, images, values)));
    }
    return measurements;
  }

  private static void apply(Transform transform, Tensor images, Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      transform.apply(images, values);
    }
  }

  private static void copy(Tensor images) {
    images.clone().close();
  }

  private void print(List<Measurement> measurements) throws IOException {
    double copy = measurements.get(0).median();
    ObjectNode last = JSON.createObjectNode().put("benchmark", "transform-cost");
    ObjectNode summary = last.putObject("summary");
    summary.put("batch", batch).put("size", size).put("threads", TorchRuntime.threads());
    ObjectNode toCopy = summary.putObject("ratio_to_copy");
    for (Measurement measurement : measurements) {
      double ratio = Math.round(10 * measurement.median() / copy) / 10.0;
      toCopy.put(measurement.name(), ratio);
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "transform-cost")
                  .put("case", measurement.name())
                  .put("images_per_second", Math.round(batch / measurement.median()))
                  .put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())
                  .put("ratio_to_copy", ratio)));
    }
    System.out.println(JSON.writeValueAsString(last));
  }
}
