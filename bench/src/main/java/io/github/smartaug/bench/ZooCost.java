package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Seconds per image through the models, by this library and by TorchScript. */
@Command(
    name = "zoo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Seconds per image of each model, next to the same network as TorchScript.",
      "",
      "Forward is evaluation without a graph; forward-backward is training, with the gradients of"
          + " all parameters. Before anything is timed, both must give the same logits, and have run"
          + " as often as in a few epochs (--warm-up), because Java runs its code slowly before it"
          + " compiles it. Passes alternate in one process. With one thread the time that it ran is"
          + " compared, too, which other processes disturb less."
    })
final class ZooCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLASSES = 10;
  private static final String RATIO = "ratio_to_torchscript";

  /** Of the largest logit. */
  private static final double TOLERANCE = 1e-5;

  /** The least that batch normalisation can train with where an image ends as one pixel. */
  private static final int FEWEST_IMAGES = 2;

  /** Of the whole batch, in which memory for it is found. */
  private static final int WARM_UPS_OF_BATCH = 5;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description = "Names of models. Default: all.")
  private List<String> names = Models.names();

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
      defaultValue = "15",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "200",
      description =
          "Rounds with two images before the first measurement, in which Java and TorchScript are"
              + " compiled. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  /** What is timed. */
  private enum Work {
    FORWARD("forward"),
    FORWARD_BACKWARD("forward-backward");

    private final String caseName;

    Work(String caseName) {
      this.caseName = caseName;
    }

    Mode mode() {
      return switch (this) {
        case FORWARD -> Mode.evaluation();
        case FORWARD_BACKWARD -> Mode.training(RandomStream.seeded(1));
      };
    }
  }

  /** A pass, to logits in the caller's scope. */
  @FunctionalInterface
  private interface Pass {
    Tensor logits();
  }

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "zoo");
    ObjectNode summary = last.putObject("summary");
    summary.put("batch_size", batchSize).put("threads", TorchRuntime.threads());
    ObjectNode ratios = summary.putObject(RATIO);
    for (String name : names) {
      ObjectNode line = compare(name);
      System.out.println(JSON.writeValueAsString(line));
      ObjectNode ofModel = ratios.putObject(name);
      for (Work work : Work.values()) {
        ofModel.set(work.caseName, line.get(work.caseName).get(RATIO));
      }
    }
    System.out.println(JSON.writeValueAsString(last));
    return 0;
  }

  private ObjectNode compare(String name) {
    ObjectNode line = JSON.createObjectNode().put("benchmark", "zoo").put("case", name);
    try (TensorScope scope = TensorScope.open()) {
      LayeredModel model =
          (LayeredModel) Models.create(name, new ImageShape(3, size, size), CLASSES);
      NetworkValues values = NetworkValues.draw(model, batchSize);
      line.put("size", size).put("batch_size", batchSize);
      for (Work work : Work.values()) {
        try (ScriptedNetwork network = new ScriptedNetwork(model, work.mode(), values)) {
          line.set(work.caseName, compare(work, model, network, values));
        }
      }
      return line.put("peak_memory_bytes", TorchRuntime.peakResidentBytes());
    }
  }

  private ObjectNode compare(
      Work work, LayeredModel model, ScriptedNetwork network, NetworkValues values) {
    try (TensorScope scope = TensorScope.open()) {
      NetworkValues few = values.first(Math.min(FEWEST_IMAGES, batchSize));
      Measurement.alternate(cases(work, model, network, few), warmUp, 0);
      List<Measurement> cases = cases(work, model, network, values);
      Measurement.alternate(cases, WARM_UPS_OF_BATCH, repeat);
      return result(cases.get(0), cases.get(1));
    }
  }

  /** This library, then TorchScript, after a check that both compute the same. */
  private static List<Measurement> cases(
      Work work, LayeredModel model, ScriptedNetwork network, NetworkValues values) {
    NamedTensors moved = values.buffers().copy();
    Pass ours =
        () ->
            model
                .forward(values.images(), values.parameters(), values.buffers(), work.mode())
                .logits();
    Pass theirs = () -> network.forward(values.images(), values.parameters(), moved);
    if (work == Work.FORWARD) {
      requireSame(ours, theirs);
    }
    return List.of(
        new Measurement("smartaug", probe -> run(work, ours, values)),
        new Measurement("torchscript", probe -> run(work, theirs, values)));
  }

  /** In evaluation, where nothing is drawn. */
  private static void requireSame(Pass ours, Pass theirs) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      Tensor expected = ours.logits();
      double largest = Tensors.item(expected.abs().max());
      double difference = Tensors.item(theirs.logits().sub(expected).abs().max());
      if (!(difference <= TOLERANCE * largest)) {
        throw new IllegalStateException(
            "logits of up to %g differ by %g from those of TorchScript"
                .formatted(largest, difference));
      }
    }
  }

  private static void run(Work work, Pass pass, NetworkValues values) {
    try (TensorScope scope = TensorScope.open()) {
      if (work == Work.FORWARD) {
        try (NoGradGuard constant = new NoGradGuard()) {
          pass.logits();
        }
      } else {
        Tensors.vectorJacobianProduct(
            List.of(pass.logits()), values.parameters().tensors(), List.of(values.cotangent()));
      }
    }
  }

  private ObjectNode result(Measurement ours, Measurement theirs) {
    ObjectNode result = JSON.createObjectNode();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < repeat; round++) {
      ratios.add(ours.seconds().get(round) / theirs.seconds().get(round));
    }
    ratios.sort(null);
    result
        .put("seconds_per_image", ours.median() / batchSize)
        .put("torchscript_seconds_per_image", theirs.median() / batchSize)
        .put(RATIO, Measurement.rounded(ours.median() / theirs.median()))
        .put("ratio_of_rounds_first_quartile", Measurement.rounded(ratios.get(repeat / 4)))
        .put("ratio_of_rounds_median", Measurement.rounded(ratios.get(repeat / 2)))
        .put("ratio_of_rounds_third_quartile", Measurement.rounded(ratios.get(3 * repeat / 4)));
    if (TorchRuntime.threads() == 1) {
      double thread = ours.medianThreadSeconds();
      double otherThread = theirs.medianThreadSeconds();
      result
          .put("thread_seconds_per_image", thread / batchSize)
          .put("torchscript_thread_seconds_per_image", otherThread / batchSize)
          .put("ratio_of_thread_time", Measurement.rounded(thread / otherThread));
    }
    return result;
  }
}
