package io.github.smartaug.bench;

import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.AuxiliaryBatchNorm2d;
import io.github.smartaug.nn.AvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.ChannelOrder;
import io.github.smartaug.nn.Concatenation;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.DecorrelatedConv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.FirstToken;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.Gated;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayerNorm;
import io.github.smartaug.nn.LayerScale;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.ScaledDotProductAttention;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.StochasticDepth;
import io.github.smartaug.nn.TokenEmbedding;
import io.github.smartaug.nn.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as a function in TorchScript, written by walking its layers: what PyTorch's modules of
 * that architecture do. In training it moves running statistics in place, as they do.
 */
final class ScriptSource {
  /** Name of the function: {@code forward(x, p0, ..., b0, ...)}, by parameters, then buffers. */
  static final String FUNCTION = "forward";

  /** PyTorch's number of that order, whose name compiled sources do not know. */
  private static final int CHANNELS_LAST = 2;

  /** Functions that stand for whole layers. */
  private static final String LAYERS = "layers.torchscript";

  private final boolean training;
  private final Map<String, String> tensors = new HashMap<>();
  private final StringBuilder lines = new StringBuilder();
  private final Map<Class<?>, Writer<Layer>> writers = new LinkedHashMap<>();
  private int values;

  private ScriptSource(Mode mode) {
    this.training = mode instanceof Mode.Training;
    addLayersOfImages();
    addLayersOfFeatures();
    addLayersOfLayers();
  }

  /**
   * The source of a model in that mode.
   *
   * @param parameters names, in the order of the arguments
   * @param buffers names, in the order of the arguments
   * @throws IllegalArgumentException if it has layers that are not of the library
   */
  static String of(
      LayeredModel model, Mode mode, Collection<String> parameters, Collection<String> buffers) {
    ScriptSource source = new ScriptSource(mode);
    List<String> arguments = new ArrayList<>();
    arguments.add("x: Tensor");
    source.name(parameters, "p", arguments);
    source.name(buffers, "b", arguments);
    String images =
        model.memoryFormat() == MemoryFormat.CHANNELS_LAST
            ? source.value("x.to(x.dtype, memory_format=%d)".formatted(CHANNELS_LAST))
            : "x";
    String logits = source.write(model.network(), images);
    return layers()
        + "\n"
        + "def %s(%s) -> Tensor:\n".formatted(FUNCTION, String.join(", ", arguments))
        + source.lines
        + "    return "
        + logits
        + "\n";
  }

  private static String layers() {
    try (InputStream in = ScriptSource.class.getResourceAsStream(LAYERS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void name(Collection<String> names, String prefix, List<String> arguments) {
    int number = 0;
    for (String name : names) {
      String argument = prefix + number++;
      tensors.put(name, argument);
      arguments.add(argument + ": Tensor");
    }
  }

  /** Writes what a layer makes of a value. */
  @FunctionalInterface
  private interface Writer<L> {
    /**
     * Writes lines.
     *
     * @param input the value's name
     * @return the result's name
     */
    String write(L layer, String input);
  }

  private <L extends Layer> void add(Class<L> type, Writer<L> writer) {
    writers.put(type, (layer, input) -> writer.write(type.cast(layer), input));
  }

  private String write(Layer layer, String input) {
    return writers.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(layer))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no TorchScript is known for layer " + layer))
        .write(layer, input);
  }

  /** Writes a line that gives an expression a name. */
  private String value(String expression) {
    String name = "v" + values++;
    statement(name + " = " + expression);
    return name;
  }

  private void statement(String statement) {
    lines.append("    ").append(statement).append('\n');
  }

  private String tensor(String name) {
    return tensors.get(name);
  }

  private void addLayersOfImages() {
    add(
        Conv2d.class,
        (layer, x) ->
            value(
                "torch.conv2d(%s, %s, %s, %s, [1, 1], %d)"
                    .formatted(
                        x,
                        tensor(layer.name() + ".weight"),
                        layer.bias() == Bias.NONE ? "None" : tensor(layer.name() + ".bias"),
                        stridesAndPaddings(layer.window()),
                        layer.groups())));
    add(DecorrelatedConv2d.class, this::decorrelated);
    add(BatchNorm2d.class, this::batchNorm);
    add(AuxiliaryBatchNorm2d.class, this::auxiliaryBatchNorm);
    add(
        MaxPool2d.class,
        (layer, x) ->
            value(
                "torch.max_pool2d(%s, %s, %s)"
                    .formatted(
                        x, both(layer.window().size()), stridesAndPaddings(layer.window()))));
    add(
        AvgPool2d.class,
        (layer, x) ->
            value(
                "torch.avg_pool2d(%s, %s, %s)"
                    .formatted(
                        x, both(layer.window().size()), stridesAndPaddings(layer.window()))));
    add(
        AdaptiveAvgPool2d.class,
        (layer, x) ->
            value(
                "torch.adaptive_avg_pool2d(%s, [%d, %d])"
                    .formatted(x, layer.height(), layer.width())));
    add(
        ChannelOrder.class,
        (layer, x) ->
            switch (layer) {
              case LAST -> value("%s.permute(0, 2, 3, 1)".formatted(x));
              case FIRST -> value("%s.permute(0, 3, 1, 2)".formatted(x));
            });
  }

  private void addLayersOfFeatures() {
    add(ReLU.class, (layer, x) -> value("torch.relu(%s)".formatted(x)));
    add(
        Activation.class,
        (layer, x) ->
            switch (layer) {
              case RELU6 -> value("torch.hardtanh(%s, 0.0, 6.0)".formatted(x));
              case SIGMOID -> value("torch.sigmoid(%s)".formatted(x));
              case SILU -> value("torch.silu(%s)".formatted(x));
              case GELU -> value("torch.gelu(%s)".formatted(x));
            });
    add(
        Linear.class,
        (layer, x) ->
            value(
                "torch.linear(%s, %s, %s)"
                    .formatted(x, tensor(layer.weightName()), tensor(layer.biasName()))));
    add(
        LayerNorm.class,
        (layer, x) ->
            value(
                "torch.layer_norm(%s, [%d], %s, %s, %s)"
                    .formatted(
                        x,
                        layer.features(),
                        tensor(layer.name() + ".weight"),
                        tensor(layer.name() + ".bias"),
                        layer.epsilon())));
    add(
        Dropout.class,
        (layer, x) ->
            training ? value("torch.dropout(%s, %s, True)".formatted(x, layer.rate())) : x);
    add(
        StochasticDepth.class,
        (layer, x) -> training ? value("pass_or_drop(%s, %s)".formatted(x, layer.rate())) : x);
    add(Flatten.class, (layer, x) -> value("%s.flatten(1, -1)".formatted(x)));
    add(FirstToken.class, (layer, x) -> value("%s.select(1, 0)".formatted(x)));
    add(
        ScaledDotProductAttention.class,
        (layer, x) -> value("attention(%s, %d)".formatted(x, layer.heads())));
  }

  private void addLayersOfLayers() {
    add(
        Sequential.class,
        (layer, x) -> {
          String current = x;
          for (Layer inner : layer.layers()) {
            current = write(inner, current);
          }
          return current;
        });
    add(
        Residual.class,
        (layer, x) ->
            value("%s + %s".formatted(write(layer.main(), x), write(layer.shortcut(), x))));
    add(Gated.class, (layer, x) -> value("%s * %s".formatted(x, write(layer.gate(), x))));
    add(
        Concatenation.class,
        (layer, x) -> value("torch.cat([%s, %s], 1)".formatted(x, write(layer.added(), x))));
    add(
        LayerScale.class,
        (layer, x) -> value("%s * %s".formatted(write(layer.scaled(), x), tensor(layer.name()))));
    add(
        TokenEmbedding.class,
        (layer, x) ->
            value(
                "tokens(%s, %s, %s)"
                    .formatted(
                        write(layer.patches(), x),
                        tensor(layer.classToken()),
                        tensor(layer.positions()))));
  }

  private String decorrelated(DecorrelatedConv2d layer, String x) {
    return value(
        "decorrelated(%s, %s, %s, %s, %s, %d, %d, %s)"
            .formatted(
                x,
                tensor(layer.name() + ".weight"),
                tensor(layer.name() + ".bias"),
                tensor(layer.name() + ".running_mean"),
                tensor(layer.name() + ".running_deconv"),
                layer.window().stride(),
                layer.window().padding(),
                training ? "True" : "False"));
  }

  private String batchNorm(BatchNorm2d layer, String x) {
    String mean = tensor(layer.statistics() + "running_mean");
    String variance = tensor(layer.statistics() + "running_var");
    if (training) {
      statement(tensor(layer.statistics() + "num_batches_tracked") + ".add_(1)");
    }
    return normalized(layer, x, mean, variance);
  }

  private String normalized(BatchNorm2d layer, String x, String mean, String variance) {
    return value(
        "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)"
            .formatted(
                x,
                tensor(layer.name() + ".weight"),
                tensor(layer.name() + ".bias"),
                mean,
                variance,
                training ? "True" : "False",
                layer.momentum(),
                layer.epsilon()));
  }

  private String auxiliaryBatchNorm(AuxiliaryBatchNorm2d layer, String x) {
    BatchNorm2d clean = layer.clean();
    if (training) {
      return batchNorm(clean, x);
    }
    String prefix = clean.statistics();
    String mean = tensor(prefix + "running_mean");
    String variance = tensor(prefix + "running_var");
    String otherMean = tensor(prefix + "augmented_running_mean");
    String otherVariance = tensor(prefix + "augmented_running_var");
    String batches = tensor(prefix + "num_batches_tracked");
    String otherBatches = tensor(prefix + "augmented_num_batches_tracked");
    String share =
        value(
            "%s.to(%s.dtype) / (%s + %s).to(%s.dtype).clamp_min(1.0)"
                .formatted(otherBatches, mean, batches, otherBatches, mean));
    String rest = value("1.0 - %s".formatted(share));
    String mixedMean = value("%s * %s + %s * %s".formatted(mean, rest, otherMean, share));
    String between =
        value("(%s - %s).square() * (%s * %s)".formatted(mean, otherMean, share, rest));
    String mixedVariance =
        value("%s * %s + %s * %s + %s".formatted(variance, rest, otherVariance, share, between));
    return normalized(clean, x, mixedMean, mixedVariance);
  }

  private static String stridesAndPaddings(Window window) {
    return both(window.stride()) + ", " + both(window.padding());
  }

  private static String both(int number) {
    return "[%d, %d]".formatted(number, number);
  }
}
