package io.github.smartaug.cli.options;

import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** How the model computes. */
public final class ComputationOptions {
  /** Names in files of the options whose value {@code auto} stands for one of the others. */
  public static final Set<String> CHOSEN = Set.of("precision", "memory-format");

  /** What stands for the fastest. */
  public static final String FASTEST = "auto";

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "float32; bfloat16: convolutions and matrix products in bfloat16, weights and gradients"
              + " stay float32; or auto: the faster of the two by a short measurement."
              + " Default: ${DEFAULT-VALUE}")
  private TrainingPrecision precision = TrainingPrecision.FLOAT32;

  @Option(
      names = "--memory-format",
      paramLabel = "ORDER",
      description =
          "Order of images' values inside the model: contiguous, channels-last, or auto: the faster"
              + " of the two by a short measurement, if the run is long enough to be worth it, or"
              + " else the model's own. Changes results by rounding only. Default:"
              + " ${DEFAULT-VALUE}")
  private MemoryFormatChoice memoryFormat = MemoryFormatChoice.AUTO;

  /** The precision; empty if it is to be chosen. */
  public Optional<Precision> precision() {
    return precision.precision();
  }

  /** The order; empty if it is to be chosen. */
  public Optional<MemoryFormat> memoryFormat() {
    return memoryFormat.format();
  }

  /** The options that ask for a computation, as files have them. */
  public static Map<String, Object> recorded(Computation chosen) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("precision", TrainingPrecision.of(chosen.precision()).toString());
    chosen
        .format()
        .ifPresent(format -> values.put("memory-format", MemoryFormatChoice.of(format).toString()));
    return values;
  }
}
