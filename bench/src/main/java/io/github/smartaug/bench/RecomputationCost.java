package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.InnerValues;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to compute values inside a model again, and what it spares. */
@Command(
    name = "recomputation",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Memory and time of a step with and without --recompute-activations.",
      "",
      "Plain training, and a step whose hypergradient is taken (unrolled, one inner step), on images"
          + " of 3x32x32. Memory is the peak growth of a process of its own, parameters and momentum"
          + " included. Times alternate in one process."
    })
final class RecomputationCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ImageShape IMAGES = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int LENGTH = 3;
  private static final int WARM_UP = 1;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "resnet18-3x3,wrn-16-4,vit-s-16,densenet121",
      description = "Names of models. Default: ${DEFAULT-VALUE}.")
  private List<String> models;

  @Option(
      names = "--batch-size",
      defaultValue = "32",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--repeat",
      defaultValue = "9",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Option(names = "--child", hidden = true, description = "Prints the peak growth of one case.")
  private boolean child;

  @Option(names = "--step", hidden = true, description = "The step of that case.")
  private Step step = Step.PLAIN;

  @Option(names = "--values", hidden = true, description = "Its treatment of inner values.")
  private InnerValues values = InnerValues.KEPT;

  /** What is measured. */
  private enum Step {
    PLAIN {
      @Override
      BenchmarkCase of(StepWorkload workload) throws IOException {
        return workload.plain(new NoAugmentation());
      }
    },
    LEARNED {
      @Override
      BenchmarkCase of(StepWorkload workload) throws IOException {
        IndependentPolicy policy =
            IndependentPolicy.initial(
                TransformSets.resolve(TransformSets.DEFAULT), PolicyOptions.learned(LENGTH));
        return workload.learned(policy, LearnedCase.of("unrolled", 1).orElseThrow());
      }
    };

    abstract BenchmarkCase of(StepWorkload workload) throws IOException;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    if (child) {
      System.out.println(peakGrowth());
      return 0;
    }
    for (String model : models) {
      Map<Step, List<Measurement>> times = times(model);
      for (Step measured : Step.values()) {
        print(model, measured, times.get(measured));
      }
    }
    return 0;
  }

  /** Bytes that a process needs for a model and its first steps. */
  private long peakGrowth() throws IOException {
    long before = TorchRuntime.residentBytes();
    try (TensorScope scope = TensorScope.open()) {
      step.of(workload(models.get(0), values)).run(() -> {});
    }
    return TorchRuntime.peakResidentBytes() - before;
  }

  private StepWorkload workload(String model, InnerValues treatment) {
    return new StepWorkload(treatment.of(Models.create(model, IMAGES, CLASSES)), batchSize);
  }

  private Map<Step, List<Measurement>> times(String model) throws IOException {
    Map<Step, List<Measurement>> times = new EnumMap<>(Step.class);
    List<Measurement> all = new ArrayList<>();
    try (TensorScope scope = TensorScope.open()) {
      StepWorkload kept = workload(model, InnerValues.KEPT);
      StepWorkload recomputed = workload(model, InnerValues.RECOMPUTED);
      for (Step measured : Step.values()) {
        List<Measurement> both =
            List.of(
                new Measurement("kept", measured.of(kept)),
                new Measurement("recomputed", measured.of(recomputed)));
        times.put(measured, both);
        all.addAll(both);
      }
      Measurement.alternate(all, WARM_UP, repeat);
    }
    return times;
  }

  private void print(String model, Step measured, List<Measurement> both)
      throws IOException, InterruptedException {
    Measurement kept = both.get(0);
    Measurement recomputed = both.get(1);
    long keptBytes = growth(model, measured, InnerValues.KEPT);
    long recomputedBytes = growth(model, measured, InnerValues.RECOMPUTED);
    ObjectNode line =
        JSON.createObjectNode()
            .put("benchmark", "recomputation")
            .put("case", model + "-" + measured.label())
            .put("batch_size", batchSize)
            .put("threads", TorchRuntime.threads())
            .put("kept_peak_bytes", keptBytes)
            .put("recomputed_peak_bytes", recomputedBytes)
            .put("ratio_of_memory", Measurement.rounded((double) recomputedBytes / keptBytes))
            .put("kept_seconds", kept.median())
            .put("recomputed_seconds", recomputed.median())
            .put("ratio_of_time", Measurement.rounded(recomputed.median() / kept.median()));
    if (TorchRuntime.threads() == 1) {
      line.put(
          "ratio_of_thread_time",
          Measurement.rounded(recomputed.medianThreadSeconds() / kept.medianThreadSeconds()));
    }
    System.out.println(JSON.writeValueAsString(line));
  }

  private long growth(String model, Step measured, InnerValues treatment)
      throws IOException, InterruptedException {
    return MeasuredProcess.run(
        List.of(
            "recomputation",
            "--child",
            "--models",
            model,
            "--batch-size",
            String.valueOf(batchSize),
            "--threads",
            String.valueOf(TorchRuntime.threads()),
            "--step",
            measured.name(),
            "--values",
            treatment.name()));
  }
}
