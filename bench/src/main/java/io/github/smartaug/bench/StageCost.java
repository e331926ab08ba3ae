package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.bench.WholeBatchStage.Selection;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.TransformStage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Images per second through stages of transforms, by the number of transforms to choose from. */
@Command(
    name = "stage-cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Images per second through a set of transforms: grouped, and one by one.",
      "",
      "Grouped is SmartAug's way. One by one selects the images of each transform, by a mask or by"
          + " indices known on the CPU, and copies the whole batch for each transform. All are measured"
          + " forward, and forward with backward, for sets of T = 2 to 40 transforms. A plain copy of"
          + " the batch is the yardstick.",
      "",
      "A small set also has fewer different functions. Sets named grouped-alike have the same two"
          + " functions for every T."
    })
final class StageCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int[] SIZES = {2, 8, 17, 40};

  /** Alternates between those that move pixels and those that do not: prefixes are mixed alike. */
  private static final List<String> ORDER =
      List.of(
          "Rotate",
          "-Sharpness",
          "TranslateX",
          "-Contrast",
          "ShearX",
          "-Color",
          "TranslateY",
          "-Brightness",
          "ShearY",
          "Posterize",
          "FlipLR",
          "Solarize",
          "FlipUD",
          "+Sharpness",
          "+Contrast",
          "+Color",
          "+Brightness");

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
      names = "--length",
      defaultValue = "3",
      description = "Transforms per image, N. Default: ${DEFAULT-VALUE}.")
  private int length;

  @Option(
      names = "--repeat",
      defaultValue = "15",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Rounds before the first measurement. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  private final RandomStream random = RandomStream.seeded(1);

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    try (TensorScope scope = TensorScope.open()) {
      float[] values = new float[batch * 3 * size * size];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      List<Measurement> measurements = cases(Tensors.of(values, batch, 3, size, size));
      Measurement.alternate(measurements, warmUp, repeat);
      print(measurements);
    }
    return 0;
  }

  private List<Measurement> cases(Tensor images) {
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(new Measurement("copy", probe -> copy(images)));
    for (int count : SIZES) {
      TransformSet set = transforms(ORDER, count);
      TransformSet alike = transforms(ORDER.subList(0, 2), count);
      TransformSet composed =
          set.withSampling(Sampling.DEFAULT.with(Sampling.AffineChains.COMPOSED));
      add(measurements, "grouped", new TransformStage(set)::apply, set, images);
      add(measurements, "grouped-alike", new TransformStage(alike)::apply, alike, images);
      add(measurements, "grouped-composed", new TransformStage(composed)::apply, set, images);
      for (Selection selection : Selection.values()) {
        WholeBatchStage stage = new WholeBatchStage(set, selection);
        add(measurements, selection.caseName(), stage::apply, set, images);
      }
    }
    return measurements;
  }

  private void add(
      List<Measurement> measurements, String name, Stage stage, TransformSet set, Tensor images) {
    for (Direction direction : Direction.values()) {
      measurements.add(
          new Measurement(
              name + "-t" + set.size() + direction.suffix,
              probe -> run(stage, set, images, direction)));
    }
  }

  private static TransformSet transforms(List<String> order, int count) {
    Map<String, NamedTransform> byName = new LinkedHashMap<>();
    TransformSets.named("inverse-scale-wide").transforms().forEach(t -> byName.put(t.name(), t));
    List<NamedTransform> chosen = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      NamedTransform original = byName.get(order.get(t % order.size()));
      chosen.add(
          new NamedTransform(
              original.name() + "#" + t / order.size(), original.transform(), original.mapping()));
    }
    return new TransformSet("first " + count, chosen);
  }

  private static void copy(Tensor images) {
    images.clone().close();
  }

  private void run(Stage stage, TransformSet set, Tensor images, Direction direction) {
    int[][] chosen = new int[length][];
    double[][] uniforms = new double[length][];
    for (int n = 0; n < length; n++) {
      chosen[n] = random.ints(batch, 0, set.size()).toArray();
      uniforms[n] = random.doubles(batch).toArray();
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = Tensors.full(0.5, images, set.size());
      if (direction == Direction.FORWARD) {
        stage.apply(images, chosen, uniforms, magnitudes);
      } else {
        NamedTensors leaves = NamedTensors.of("magnitudes", magnitudes).asLeaves();
        Tensor result = stage.apply(images, chosen, uniforms, leaves.get("magnitudes"));
        // What comes back from a model is dense, unlike the gradient of a sum.
        Tensors.vectorJacobianProduct(List.of(result), leaves.tensors(), List.of(images));
      }
    }
  }

  private void print(List<Measurement> measurements) throws IOException {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      medians.put(measurement.name(), measurement.median());
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "stage-cost")
                  .put("case", measurement.name())
                  .put("images_per_second", Math.round(batch / measurement.median()))
                  .put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "stage-cost");
    ObjectNode summary = last.putObject("summary");
    summary.put("batch", batch).put("size", size).put("length", length);
    summary.put("threads", TorchRuntime.threads());
    for (Direction direction : Direction.values()) {
      String suffix = direction.suffix;
      summary.put(
          "grouped-t40-to-t2" + suffix,
          ratio(medians, "grouped-t40" + suffix, "grouped-t2" + suffix));
      summary.put(
          "grouped-alike-t40-to-t2" + suffix,
          ratio(medians, "grouped-alike-t40" + suffix, "grouped-alike-t2" + suffix));
      summary.put(
          "grouped-composed-to-grouped-t17" + suffix,
          ratio(medians, "grouped-composed-t17" + suffix, "grouped-t17" + suffix));
      for (Selection selection : Selection.values()) {
        String name = selection.caseName();
        summary.put(
            name + "-to-grouped-t17" + suffix,
            ratio(medians, name + "-t17" + suffix, "grouped-t17" + suffix));
      }
      summary.put("grouped-t17-to-copy" + suffix, ratio(medians, "grouped-t17" + suffix, "copy"));
    }
    System.out.println(JSON.writeValueAsString(last));
  }

  private static double ratio(Map<String, Double> medians, String above, String below) {
    return Math.round(1000 * medians.get(above) / medians.get(below)) / 1000.0;
  }

  private enum Direction {
    FORWARD(""),
    FORWARD_BACKWARD("-backward");

    private final String suffix;

    Direction(String suffix) {
      this.suffix = suffix;
    }
  }

  @FunctionalInterface
  private interface Stage {
    Tensor apply(Tensor images, int[][] chosen, double[][] uniforms, Tensor magnitudes);
  }
}
