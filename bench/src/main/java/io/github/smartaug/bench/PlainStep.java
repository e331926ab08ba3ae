package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Seconds per step of plain training, by this library and by libtorch's own classes. */
@Command(
    name = "plain-step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Seconds per step of plain training, next to libtorch's own modules and optimizer.",
      "",
      "Forward, cross-entropy, backward, clipping, SGD with momentum and weight decay, on images of"
          + " 3x32x32. Steps alternate in one process."
    })
final class PlainStep implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ImageShape IMAGES = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;

  @Option(
      names = "--model",
      defaultValue = "lenet",
      description = "lenet, resnet18 or resnet18-3x3. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--batch-size",
      defaultValue = "128",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--repeat",
      defaultValue = "120",
      description = "Measured steps of each. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description = {
        "Steps of each before the measured ones. Java compiles its code in the first few seconds, on"
            + " cores that the steps need themselves. Default: ${DEFAULT-VALUE}."
      })
  private int warmUp;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(1);
      Model network = Models.create(model, IMAGES, CLASSES);
      NamedTensors initial = network.initialParameters(random);
      Batch batch = RandomImages.batch(IMAGES, CLASSES, batchSize, random);
      Normalization normalization = RandomImages.normalization(IMAGES);
      try (TrainingLoop ours = new SmartAugLoop(network, initial, batch, normalization);
          TrainingLoop theirs =
              new LibtorchLoop(
                  LibtorchNetwork.create(model, CLASSES, initial), batch, normalization)) {
        compare(
            new Measurement("smartaug", memoryProbe -> measured(ours, memoryProbe)),
            new Measurement("libtorch", memoryProbe -> measured(theirs, memoryProbe)));
      }
    }
    return 0;
  }

  private static void measured(TrainingLoop loop, Runnable memoryProbe) {
    loop.step();
    memoryProbe.run();
  }

  private void compare(Measurement ours, Measurement theirs) throws IOException {
    List<Measurement> both = List.of(ours, theirs);
    Measurement.alternate(both, warmUp, repeat);
    for (Measurement measurement : both) {
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "plain-step")
                  .put("case", measurement.name())
                  .put("model", model)
                  .put("batch_size", batchSize)
                  .put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())
                  .put("mean_processor_seconds", measurement.meanProcessorSeconds())
                  .put("peak_memory_bytes", measurement.peakMemory())));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "plain-step");
    last.putObject("summary")
        .put("model", model)
        .put("threads", TorchRuntime.threads())
        .put("ratio_to_libtorch", Measurement.rounded(ours.median() / theirs.median()))
        .put("ratio_of_fastest", Measurement.rounded(ours.min() / theirs.min()))
        .put(
            "ratio_of_processor_time",
            Measurement.rounded(ours.meanProcessorSeconds() / theirs.meanProcessorSeconds()));
    System.out.println(JSON.writeValueAsString(last));
  }
}
