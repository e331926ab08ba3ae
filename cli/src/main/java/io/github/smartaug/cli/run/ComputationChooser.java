package io.github.smartaug.cli.run;

import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelSize;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.run.RunPlatform;
import io.github.smartaug.tensor.Processor;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.ComputationTimer;
import io.github.smartaug.train.PassCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Chooses the fastest way for a model to compute, by a measurement that is kept for later runs. A
 * run that is too short to gain from it is not measured, and computes the same way everywhere.
 */
final class ComputationChooser {
  /**
   * Multiplications and additions per second and thread that are assumed to tell a run's length.
   */
  private static final double ASSUMED_SPEED = 20e9;

  /** A gradient takes the forward pass and about twice as long again. */
  private static final double PASSES_OF_A_STEP = 3;

  private static final double SHORTEST_SECONDS = 60;

  /** A measurement may take this share of the run. */
  private static final double LARGEST_SHARE = 0.01;

  private static final double LONGEST_SECONDS = 12;
  private static final int FEWEST_IMAGES = 4;

  /** Measures ways to compute. */
  @FunctionalInterface
  interface Measurer {
    /** Seconds of each way for passes of so many images, in the same order. */
    Map<Computation, Double> seconds(
        Model model, int images, PassCounts passes, List<Computation> ways);
  }

  /**
   * What is to be computed.
   *
   * @param name of the model
   * @param batch images of a step
   * @param passes of the run
   * @param device on which
   */
  record Work(String name, Model model, int batch, PassCounts passes, String device) {
    /** Whether there is anything known about other devices than this one. */
    private boolean onProcessor() {
      return device.equals("cpu");
    }

    /** Of its gradient; rough, 0 for a model of unknown size. */
    private double secondsOfImage() {
      return model
          .size()
          .map(ModelSize::multiplyAdds)
          .map(count -> PASSES_OF_A_STEP * count / (ASSUMED_SPEED * TorchRuntime.threads()))
          .orElse(0.0);
    }
  }

  private final Processor processor;
  private final boolean usesOneDnn;
  private final ComputationCache cache;
  private final Measurer measurer;

  ComputationChooser(
      Processor processor, boolean usesOneDnn, ComputationCache cache, Measurer measurer) {
    this.processor = processor;
    this.usesOneDnn = usesOneDnn;
    this.cache = cache;
    this.measurer = measurer;
  }

  /** On this machine. */
  static ComputationChooser ofThisMachine() {
    return new ComputationChooser(
        Processor.current(),
        TorchRuntime.usesOneDnn(),
        ComputationCache.ofUser(),
        (model, images, passes, ways) -> new ComputationTimer(model, images, passes).seconds(ways));
  }

  /** The fastest of what the options allow. */
  ComputationChoice choose(ComputationOptions options, Work work) {
    Optional<String> obstacle =
        options.precision().isPresent() ? Optional.empty() : obstacleToBfloat16(work);
    List<Precision> precisions =
        options
            .precision()
            .map(List::of)
            .orElse(
                obstacle.isPresent()
                    ? List.of(Precision.FLOAT32)
                    : List.of(Precision.FLOAT32, Precision.BFLOAT16));
    List<Computation> ways =
        options.memoryFormat().isPresent()
            ? precisions.stream()
                .map(precision -> new Computation(precision, options.memoryFormat()))
                .toList()
            : Computation.all(work.model(), precisions);
    ComputationChoice choice = fastest(ways, work, options.precision().isEmpty());
    return obstacle
        .map(
            reason ->
                new ComputationChoice(
                    choice.computation(),
                    Optional.of(
                        choice.remark().orElse("computes in " + choice.computation())
                            + "; "
                            + reason)))
        .orElse(choice);
  }

  private Optional<String> obstacleToBfloat16(Work work) {
    if (!work.onProcessor()) {
      return Optional.of("bfloat16 is measured on processors only, not on " + work.device());
    }
    if (!processor.hasBfloat16()) {
      return Optional.of("no bfloat16, for which this processor is not known to have instructions");
    }
    return usesOneDnn
        ? Optional.empty()
        : Optional.of("no bfloat16, for which oneDNN would be needed");
  }

  private ComputationChoice fastest(List<Computation> ways, Work work, boolean saysIfUnmeasured) {
    Computation first = ways.get(0);
    if (ways.size() == 1 || !work.onProcessor()) {
      return new ComputationChoice(first, Optional.empty());
    }
    int images = measuredImages(ways.size(), work);
    if (images == 0) {
      return new ComputationChoice(
          first,
          saysIfUnmeasured
              ? Optional.of("computes in " + first + ": so short a run is not measured")
              : Optional.empty());
    }
    String measuredCase = describe(ways, work);
    Optional<Computation> known =
        cache
            .read(measuredCase)
            .flatMap(text -> ways.stream().filter(way -> way.toString().equals(text)).findFirst());
    if (known.isPresent()) {
      return new ComputationChoice(
          known.get(),
          Optional.of("computes in " + known.get() + ", the fastest when it was measured before"));
    }
    Computation.Choice fastest =
        Computation.fastest(
            ways, some -> measurer.seconds(work.model(), images, work.passes(), some));
    cache.write(measuredCase, fastest.computation().toString());
    return new ComputationChoice(
        fastest.computation(), Optional.of(remark(fastest, first) + " (" + work.passes() + ")"));
  }

  private static String remark(Computation.Choice fastest, Computation first) {
    if (fastest.computation().equals(first)) {
      return "computes in " + first + ", measured: no other way is faster";
    }
    return String.format(
        Locale.ROOT,
        "computes in %s, measured: %.1f times as fast as %s",
        fastest.computation(),
        fastest.timesAsFast(),
        first);
  }

  /** As many as are worth it, measured in all ways and then in two: 0 if the run is too short. */
  private static int measuredImages(int ways, Work work) {
    double ofImage = work.secondsOfImage();
    if (ofImage == 0) {
      return Math.min(work.batch(), FEWEST_IMAGES);
    }
    double run = ofImage * work.passes().inGradients();
    double ofPasses =
        ofImage * work.passes().measuredInGradients() * (ways + 2) * ComputationTimer.PASSES;
    int few = Math.min(work.batch(), FEWEST_IMAGES);
    if (run < SHORTEST_SECONDS || few * ofPasses > LARGEST_SHARE * run) {
      return 0;
    }
    double affordable = Math.min(LARGEST_SHARE * run, LONGEST_SECONDS) / ofPasses;
    return (int) Math.max(few, Math.min(work.batch(), affordable));
  }

  /** All that the times depend on. */
  private String describe(List<Computation> ways, Work work) {
    return String.join(
        "\n",
        processor.name(),
        String.join(" ", new TreeSet<>(processor.features())),
        "libtorch " + RunPlatform.current(work.device()).libtorch(),
        TorchRuntime.threads() + " threads",
        work.name() + " on " + work.model().input() + ", " + work.model().classes() + " classes",
        "batches of " + work.batch(),
        work.passes().toString(),
        "measured twice",
        ways.toString());
  }
}
