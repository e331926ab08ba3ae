package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.InnerValues;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Memory of a trajectory by its number of steps.
 *
 * <p>Every case runs in a process of its own: what it needed at its peak, less what it had when the
 * model, the batch and libtorch were there, is what the trajectory added.
 */
@Command(
    name = "unroll-memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Memory that K inner steps and their hypergradient need, for each estimator.",
      "",
      "Measured as the peak growth of resident memory, for K = 1 to 20. Each case runs in a process"
          + " of its own."
    })
final class UnrollMemory implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLASSES = 10;
  private static final int LENGTH = 3;

  @Option(
      names = "--model",
      defaultValue = "lenet",
      description = "Name of the model. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--batch",
      defaultValue = "256",
      description = "Images per batch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--steps",
      split = ",",
      defaultValue = "1,2,5,10,20",
      paramLabel = "K",
      description = "Numbers of inner steps. Default: ${DEFAULT-VALUE}.")
  private List<Integer> steps;

  @Option(
      names = "--estimators",
      split = ",",
      defaultValue = "unrolled,checkpointed,truncated1,neumann5",
      paramLabel = "NAME",
      description = "Estimators to measure. Default: ${DEFAULT-VALUE}.")
  private List<String> estimators;

  @Option(
      names = "--values",
      split = ",",
      defaultValue = "kept",
      paramLabel = "WHAT",
      description =
          "What becomes of the values inside the model: kept, or recomputed (activation"
              + " checkpointing). Default: ${DEFAULT-VALUE}.")
  private List<String> values;

  @Option(names = "--child", hidden = true)
  private boolean child;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (child) {
      System.out.println(peakGrowth(estimators.get(0), steps.get(0), values.get(0)));
      return 0;
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "unroll-memory");
    ObjectNode summary = last.putObject("summary").put("model", model).put("batch", batch);
    ObjectNode ratios = summary.putObject("ratio_of_largest_k_to_smallest");
    ObjectNode slopes = summary.putObject("bytes_per_further_step");
    for (String estimator : estimators) {
      for (String what : values) {
        Map<Integer, Long> growth = growthBySteps(estimator, what);
        int fewest = steps.get(0);
        int most = steps.get(steps.size() - 1);
        String label = label(estimator, what);
        ratios.put(label, Math.round(1000.0 * growth.get(most) / growth.get(fewest)) / 1000.0);
        slopes.put(label, (growth.get(most) - growth.get(fewest)) / Math.max(1, most - fewest));
      }
    }
    System.out.println(JSON.writeValueAsString(last));
    return 0;
  }

  /** Of a case; the usual one has the estimator's name alone. */
  private static String label(String estimator, String what) {
    return innerValues(what) == InnerValues.KEPT ? estimator : estimator + "-" + what;
  }

  private static InnerValues innerValues(String what) {
    return switch (what) {
      case "kept" -> InnerValues.KEPT;
      case "recomputed" -> InnerValues.RECOMPUTED;
      default ->
          throw new IllegalArgumentException(
              "--values: \"" + what + "\", allowed: kept, recomputed");
    };
  }

  private Map<Integer, Long> growthBySteps(String estimator, String what)
      throws IOException, InterruptedException {
    Map<Integer, Long> growth = new LinkedHashMap<>();
    for (int count : steps) {
      long bytes = inChild(estimator, count, what);
      growth.put(count, bytes);
      System.out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("benchmark", "unroll-memory")
                  .put("case", label(estimator, what) + "-k" + count)
                  .put("model", model)
                  .put("inner_steps", count)
                  .put("peak_growth_bytes", bytes)
                  .put("bytes_per_step", bytes / count)));
    }
    return growth;
  }

  private long inChild(String estimator, int count, String what)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("unroll-memory", "--child", "--model", model));
    arguments.addAll(List.of("--batch", String.valueOf(batch)));
    arguments.addAll(List.of("--estimators", estimator, "--steps", String.valueOf(count)));
    arguments.addAll(List.of("--values", what));
    return MeasuredProcess.run(arguments);
  }

  /** Bytes that a first trajectory adds to the process, at its peak. */
  private long peakGrowth(String estimator, int count, String what) throws IOException {
    LearnedCase learned =
        LearnedCase.of(estimator, count)
            .orElseThrow(() -> new IllegalArgumentException("unknown estimator " + estimator));
    try (TensorScope scope = TensorScope.open()) {
      Model kept = Models.create(model, new ImageShape(3, 32, 32), CLASSES);
      StepWorkload workload = new StepWorkload(innerValues(what).of(kept), batch);
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.resolve(TransformSets.DEFAULT), PolicyOptions.learned(LENGTH));
      // The kernels' own buffers, which every case needs once.
      workload.plain(policy).run(() -> {});
      Pointer.trimMemory();
      long before = TorchRuntime.residentBytes();
      workload.learned(policy, learned).run(() -> {});
      return TorchRuntime.peakResidentBytes() - before;
    }
  }
}
