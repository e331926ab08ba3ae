package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Seconds per pass of a model in each precision and memory format. */
@Command(
    name = "precision-cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Seconds per pass of a model in float32 and bfloat16, contiguous and channels last.",
      "",
      "Passes: forward and backward in training mode, forward in evaluation mode, and forward with"
          + " a derivative along a direction, as for a probe. Cases alternate in one process. The"
          + " model \"limits\" measures single convolutions and a matrix product instead, which"
          + " say what the processor can gain."
    })
final class PrecisionCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIMITS = "limits";
  private static final int CLASSES = 10;
  private static final int WARM_UP = 2;

  @Option(
      names = "--model",
      defaultValue = "lenet",
      description = "Name of the model, or limits. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--batch-size",
      defaultValue = "32",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--size",
      defaultValue = "32",
      description = "Height and width of the images, 3 channels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--repeat",
      defaultValue = "7",
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
      if (model.equals(LIMITS)) {
        for (PrecisionLimit limit : PrecisionLimit.values()) {
          report(limit.name().toLowerCase(Locale.ROOT).replace('_', '-'), limit.cases(batchSize));
        }
      } else {
        Workload workload = new Workload(new ImageShape(3, size, size));
        for (Pass pass : Pass.values()) {
          report(pass.name().toLowerCase(Locale.ROOT), workload.cases(pass));
        }
      }
    }
    return 0;
  }

  private enum Pass {
    TRAINING,
    EVALUATION,
    TANGENT
  }

  /** The first case is what the others are compared with. */
  private void report(String pass, List<Measurement> cases) throws IOException {
    Measurement.alternate(cases, WARM_UP, repeat);
    ObjectNode ratios = JSON.createObjectNode();
    ObjectNode ratiosOfProcessorTime = JSON.createObjectNode();
    for (Measurement measurement : cases) {
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "precision-cost")
                  .put("case", measurement.name())
                  .put("pass", pass)
                  .put("model", model)
                  .put("batch_size", batchSize)
                  .put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())
                  .put("mean_processor_seconds", measurement.meanProcessorSeconds())
                  .put("peak_memory_bytes", measurement.peakMemory())));
      ratios.put(
          measurement.name(), Measurement.rounded(cases.get(0).median() / measurement.median()));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "precision-cost");
    ObjectNode summary =
        last.putObject("summary")
            .put("model", model)
            .put("pass", pass)
            .put("batch_size", batchSize)
            .put("threads", TorchRuntime.threads());
    summary.set("times_as_fast", ratios);
    summary.set("times_as_fast_by_processor_time", ratiosOfProcessorTime);
    System.out.println(JSON.writeValueAsString(last));
  }

  /** One model on one batch. */
  private final class Workload {
    private final Model network;
    private final RandomStream random = RandomStream.seeded(1);
    private final Batch batch;
    private final NamedTensors parameters;
    private final NamedTensors direction;

    Workload(ImageShape shape) {
      network = Models.create(model, shape, CLASSES);
      batch = RandomImages.batch(shape, CLASSES, batchSize, random);
      parameters = network.initialParameters(random);
      direction = network.initialParameters(random);
    }

    List<Measurement> cases(Pass pass) {
      List<Measurement> cases = new ArrayList<>();
      for (Precision precision : Precision.values()) {
        for (MemoryFormat format : MemoryFormat.values()) {
          Model arranged = precision.of(network.in(format));
          String name = precision + "-" + format.name().replace('_', '-');
          cases.add(
              new Measurement(
                  name.toLowerCase(Locale.ROOT),
                  memoryProbe -> {
                    try (TensorScope scope = TensorScope.open()) {
                      run(pass, arranged);
                      memoryProbe.run();
                    }
                  }));
        }
      }
      return cases;
    }

    private void run(Pass pass, Model arranged) {
      switch (pass) {
        case TRAINING -> train(arranged);
        case EVALUATION -> evaluate(arranged);
        case TANGENT -> differentiate(arranged);
      }
    }

    private void train(Model arranged) {
      NamedTensors leaves = parameters.asLeaves();
      Tensor logits =
          arranged
              .forward(batch.images(), leaves, network.initialBuffers(), Mode.training(random))
              .logits();
      Tensors.gradients(loss(logits), leaves);
    }

    private void evaluate(Model arranged) {
      try (NoGradGuard off = new NoGradGuard()) {
        arranged.forward(batch.images(), parameters, network.initialBuffers(), Mode.evaluation());
      }
    }

    /** The derivative along a direction, and that of it by the images, as a probe takes it. */
    private void differentiate(Model arranged) {
      Tensor images = batch.images().detach().requires_grad_(true);
      arranged
          .linearize(images, parameters, network.initialBuffers(), Mode.training(random))
          .ifPresent(
              pass -> {
                try (pass) {
                  Tensor tangent = pass.tangent(direction).mul(loss(pass.output().logits()));
                  Tensors.gradients(tangent.sum(), NamedTensors.of("images", images));
                }
              });
    }

    private Tensor loss(Tensor logits) {
      return logits.log_softmax(1).gather(1, batch.labels().view(-1, 1)).mean().neg();
    }
  }
}
