package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Seconds per inner step of plain training, random augmentation and learned augmentation. */
@Command(
    name = "step-cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Seconds per training step: plain, with random and with learned augmentation.",
      "",
      "Also with a policy that is applied but not learned (the same loss), and learned with each"
          + " hypergradient estimator. The time of a meta step is spread over its inner steps."
    })
final class StepCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLASSES = 10;
  private static final String PLAIN = "plain";
  private static final String RANDOM = "random";
  private static final String SAME_LOSS = "plain-same-loss";
  private static final int OFTEN_DRAWN = 3;
  private static final double HIGHER = 2;

  @Option(
      names = "--model",
      defaultValue = "lenet",
      description = "Name of the model. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--batch",
      description = "Images in a batch. Default: 256 for lenet and mlp, 128 for ResNets.")
  private Integer batch;

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
      names = "--transforms",
      defaultValue = TransformSets.DEFAULT,
      description = "Set of transforms. Default: ${DEFAULT-VALUE}.")
  private String transforms;

  @Option(
      names = "--repeat",
      defaultValue = "9",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "NAME",
      description = "Cases to measure, besides those that ratios are taken to. Default: all.")
  private List<String> only = List.of();

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    try (TensorScope scope = TensorScope.open()) {
      List<Measurement> measurements = cases();
      Measurement.alternate(measurements, 1, repeat);
      print(measurements);
    }
    return 0;
  }

  private List<Measurement> cases() throws IOException {
    Model network = Models.create(model, new ImageShape(3, size, size), CLASSES);
    TransformSet set = TransformSets.resolve(transforms);
    int images = batch != null ? batch : model.startsWith("resnet") ? 128 : 256;
    StepWorkload workload = new StepWorkload(network, images);
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(new Measurement(PLAIN, workload.plain(new NoAugmentation())));
    measurements.add(new Measurement(RANDOM, workload.plain(new RandAugment(set, length, 0.5))));
    IndependentPolicy policy = IndependentPolicy.initial(set, PolicyOptions.learned(length));
    LearnablePolicy probed =
        decided(
            IndependentPolicy.initial(
                set,
                PolicyOptions.learned(length).toBuilder()
                    .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                    .build()));
    measurements.add(new Measurement(SAME_LOSS, workload.plain(policy)));
    for (LearnedCase learned : LearnedCase.ALL) {
      if (only.isEmpty() || only.contains(learned.name())) {
        LearnablePolicy used = learned.looksAtAllAlike() ? probed : policy;
        measurements.add(new Measurement(learned.name(), workload.learned(used, learned)));
      }
    }
    return measurements;
  }

  /**
   * A policy that draws some transforms often, as in the midst of a run, so that their magnitudes
   * are tried on more images.
   */
  private static LearnablePolicy decided(LearnablePolicy policy) {
    Tensor before = policy.parameters().get(LearnablePolicy.LOGITS);
    double[] logits = Tensors.toDoubles(before);
    IntStream.range(0, logits.length)
        .filter(policy.transforms()::learnable)
        .limit(OFTEN_DRAWN)
        .forEach(t -> logits[t] += HIGHER);
    return policy.withParameters(
        NamedTensors.of(LearnablePolicy.LOGITS, Tensors.constant(logits, before, before.shape())));
  }

  private void print(List<Measurement> measurements) throws IOException {
    double plain = median(measurements, PLAIN);
    double random = median(measurements, RANDOM);
    double sameLoss = median(measurements, SAME_LOSS);
    ObjectNode last = JSON.createObjectNode().put("benchmark", "step-cost");
    ObjectNode summary = last.putObject("summary").put("model", model).put("length", length);
    summary.put("threads", TorchRuntime.threads());
    ObjectNode toPlain = summary.putObject("ratio_to_plain");
    ObjectNode toRandom = summary.putObject("ratio_to_random");
    ObjectNode toSameLoss = summary.putObject("ratio_to_same_loss");
    for (Measurement measurement : measurements) {
      toPlain.put(measurement.name(), Measurement.rounded(measurement.median() / plain));
      toRandom.put(measurement.name(), Measurement.rounded(measurement.median() / random));
      toSameLoss.put(measurement.name(), Measurement.rounded(measurement.median() / sameLoss));
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "step-cost")
                  .put("case", measurement.name())
                  .put("model", model)
                  .put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())
                  .put("peak_memory_bytes", measurement.peakMemory())
                  .put("ratio_to_plain", Measurement.rounded(measurement.median() / plain))
                  .put("ratio_to_random", Measurement.rounded(measurement.median() / random))
                  .put(
                      "ratio_to_same_loss", Measurement.rounded(measurement.median() / sameLoss))));
    }
    System.out.println(JSON.writeValueAsString(last));
  }

  private static double median(List<Measurement> measurements, String name) {
    return measurements.stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst()
        .orElseThrow()
        .median();
  }
}
