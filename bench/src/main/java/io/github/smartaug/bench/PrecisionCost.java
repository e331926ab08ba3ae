package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Computation;
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
import io.github.smartaug.train.ComputationTimer;
import io.github.smartaug.train.PassCounts;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      "Passes: forward and backward in training mode; forward in evaluation mode; forward with a"
          + " derivative along a direction, as for a probe. Whole training steps: plain, with random"
          + " augmentation, and with a policy that is learned by trials, 20 steps and a meta step."
          + " Cases alternate in one process. Of each pass it says, too, what a run of such passes"
          + " would choose by --precision auto. With one thread the time that it ran is compared,"
          + " too, which other processes disturb less. The model \"limits\" measures single convolutions"
          + " and a matrix product instead, which say what the processor can gain."
    })
final class PrecisionCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIMITS = "limits";
  private static final String ALL = "all";
  private static final int CLASSES = 10;
  private static final int LENGTH = 3;
  private static final int INNER_STEPS = 20;

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "MODEL",
      defaultValue = "lenet",
      description =
          "Names of models, one after the other; all of them, or limits. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> models = List.of();

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

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "Rounds before the first measurement. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--passes",
      split = ",",
      paramLabel = "PASS",
      defaultValue = "training,evaluation,tangent",
      description =
          "What to measure: training, evaluation, tangent, plain-step, random-step, learned-step."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> passes = List.of();

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    for (String model : models.equals(List.of(ALL)) ? Models.names() : models) {
      try (TensorScope scope = TensorScope.open()) {
        measure(model);
      }
    }
    return 0;
  }

  private void measure(String model) throws IOException {
    if (model.equals(LIMITS)) {
      for (PrecisionLimit limit : PrecisionLimit.values()) {
        report(
            model,
            limit.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            limit.cases(batchSize),
            Optional.empty());
      }
      return;
    }
    Workload workload = new Workload(model, new ImageShape(3, size, size));
    for (String name : passes) {
      Pass pass = Pass.of(name);
      report(model, name, workload.cases(pass), Optional.of(workload.choice(pass)));
    }
  }

  private enum Pass {
    TRAINING,
    EVALUATION,
    TANGENT,
    PLAIN_STEP,
    RANDOM_STEP,
    LEARNED_STEP;

    static Pass of(String name) {
      for (Pass pass : values()) {
        if (pass.toString().equals(name)) {
          return pass;
        }
      }
      throw new IllegalArgumentException(
          "--passes: " + name + ", allowed: " + Arrays.toString(values()));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What would be chosen.
   *
   * @param chosen case that it is
   * @param own case of the model's own way in float32
   */
  private record Choice(String chosen, String own) {}

  /** The first case is what the others are compared with. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private void report(String model, String pass, List<Measurement> cases, Optional<Choice> choice)
      throws IOException {
    Measurement.alternate(cases, warmUp, repeat);
    ObjectNode ratios = JSON.createObjectNode();
    ObjectNode ratiosOfThreadTime = JSON.createObjectNode();
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
      ratiosOfThreadTime.put(
          measurement.name(), Measurement.rounded(threadRatio(cases.get(0), measurement)));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "precision-cost");
    ObjectNode summary =
        last.putObject("summary")
            .put("model", model)
            .put("pass", pass)
            .put("batch_size", batchSize)
            .put("threads", TorchRuntime.threads());
    summary.set("times_as_fast", ratios);
    summary.set("times_as_fast_by_thread_time", ratiosOfThreadTime);
    choice.ifPresent(
        made ->
            summary
                .put("auto", made.chosen())
                .put(
                    "auto_times_as_fast_as_own",
                    Measurement.rounded(
                        threadRatio(named(cases, made.own()), named(cases, made.chosen())))));
    System.out.println(JSON.writeValueAsString(last));
  }

  private static double threadRatio(Measurement slow, Measurement fast) {
    return slow.medianThreadSeconds() / fast.medianThreadSeconds();
  }

  private static Measurement named(List<Measurement> cases, String name) {
    return cases.stream().filter(some -> some.name().equals(name)).findFirst().orElseThrow();
  }

  /** One model on one batch. */
  private final class Workload {
    private final Model network;
    private final RandomStream random = RandomStream.seeded(1);
    private final Batch batch;
    private final NamedTensors parameters;
    private final NamedTensors direction;
    private final TransformSet transforms = TransformSets.named(TransformSets.DEFAULT);
    private final IndependentPolicy policy =
        IndependentPolicy.initial(
            transforms,
            PolicyOptions.learned(LENGTH).toBuilder()
                .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                .build());
    private final LearnedCase learned = LearnedCase.of("trial48", INNER_STEPS).orElseThrow();

    Workload(String model, ImageShape shape) {
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
          cases.add(new Measurement(caseName(precision, format), benchmark(pass, arranged)));
        }
      }
      return cases;
    }

    private static String caseName(Precision precision, MemoryFormat format) {
      return (precision + "-" + format).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a run that does nothing else would choose. */
    Choice choice(Pass pass) {
      List<Computation> ways = Computation.all(network, List.of(Precision.values()));
      PassCounts counts = new PassCounts(counts(pass));
      Computation chosen =
          Computation.fastest(ways, new ComputationTimer(network, batchSize, counts)::seconds)
              .computation();
      return new Choice(caseName(chosen), caseName(ways.get(0)));
    }

    private static String caseName(Computation way) {
      return caseName(way.precision(), way.format().orElseThrow());
    }

    private Map<PassCounts.PassKind, Double> counts(Pass pass) {
      double batches = batchSize;
      return switch (pass) {
        case TRAINING, PLAIN_STEP, RANDOM_STEP -> Map.of(PassCounts.PassKind.GRADIENT, batches);
        case EVALUATION -> Map.of(PassCounts.PassKind.EVALUATION, batches);
        case TANGENT -> Map.of(PassCounts.PassKind.SECOND_DERIVATIVE, batches);
        case LEARNED_STEP ->
            Map.of(
                PassCounts.PassKind.GRADIENT,
                2 * INNER_STEPS * batches + trialImages(),
                PassCounts.PassKind.VALIDATION,
                learned.validationBatches() * batches);
      };
    }

    private double trialImages() {
      int alternatives = policy.drawTrials(new int[1], random).orElseThrow().alternatives().size();
      int images = learned.estimator().trialImages().orElseThrow();
      return Math.min(images, batchSize) * (1.0 + alternatives);
    }

    private BenchmarkCase benchmark(Pass pass, Model arranged) {
      return switch (pass) {
        case PLAIN_STEP -> new StepWorkload(arranged, batchSize).plain(new NoAugmentation());
        case RANDOM_STEP ->
            new StepWorkload(arranged, batchSize).plain(new RandAugment(transforms, LENGTH, 0.5));
        case LEARNED_STEP -> new StepWorkload(arranged, batchSize).learned(policy, learned);
        case TRAINING -> inScope(() -> train(arranged));
        case EVALUATION -> inScope(() -> evaluate(arranged));
        case TANGENT -> inScope(() -> differentiate(arranged));
      };
    }

    private static BenchmarkCase inScope(Runnable pass) {
      return memoryProbe -> {
        try (TensorScope scope = TensorScope.open()) {
          pass.run();
          memoryProbe.run();
        }
      };
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
