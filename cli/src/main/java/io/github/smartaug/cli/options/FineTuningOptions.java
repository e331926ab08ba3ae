package io.github.smartaug.cli.options;

import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.nn.FrozenLayers;
import io.github.smartaug.nn.FrozenModel;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.StateDictionary;
import io.github.smartaug.nn.WeightTransfer;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** With which weights training begins, and which of them stay. */
public final class FineTuningOptions {
  static final String PRETRAINED = "--pretrained";
  private static final String FREEZE = "--freeze";
  private static final List<String> ENDINGS = List.of(".pt", ".pth", ".safetensors");

  @Option(
      names = PRETRAINED,
      paramLabel = "FILE|RUN",
      converter = WeightsOfRun.class,
      description = {
        "Begin with these weights: a file that Python writes by",
        "  torch.save(model.state_dict(), \"FILE.pt\")",
        "(.pt or .pth), FILE.safetensors, or the folder of a run. A head of another number of"
            + " classes begins anew.",
        "Default: weights are drawn at random"
      })
  private Path pretrained;

  @Option(
      names = FREEZE,
      paramLabel = "LAYERS",
      completionCandidates = NameCandidates.OfLayers.class,
      split = ",",
      description = {
        "Layers that stay as they are, with their running statistics: names such as conv1,layer1,"
            + " also with * and ?; or "
            + FrozenLayers.ALL_BUT_HEAD
            + ".",
        "Default: none"
      })
  private List<String> freeze = List.of();

  /**
   * Checks what can be checked without reading the file.
   *
   * @param model that is trained
   */
  void check(ModelChoice model) {
    if (pretrained == null) {
      return;
    }
    if (model.file().isPresent()) {
      throw new IllegalArgumentException(
          "%s: %s, allowed with --model %s, which has weights of its own: not given"
              .formatted(PRETRAINED, pretrained, model.text()));
    }
    String name = pretrained.toString();
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      throw new IllegalArgumentException(
          "%s: %s, allowed: a file that ends in %s, or the folder of a run"
              .formatted(PRETRAINED, name, String.join(", ", ENDINGS)));
    }
  }

  /** The file with the weights, by the name of its option. */
  public Map<String, Path> inputFiles() {
    return pretrained == null
        ? Map.of()
        : Map.of(OptionNames.withoutHyphens(PRETRAINED), pretrained);
  }

  /**
   * The model with these weights and frozen layers, in the current scope.
   *
   * @param seed of the weights that begin anew
   * @throws IllegalArgumentException if the weights do not fit, or there are no such layers
   */
  public ChosenModel applyTo(ChosenModel model, DatasetBundle data, long seed) {
    ChosenModel begun = pretrained == null ? model : withWeights(model, data, seed);
    return freeze.isEmpty() ? begun : frozen(begun, data, seed);
  }

  private ChosenModel withWeights(ChosenModel model, DatasetBundle data, long seed) {
    return named(
        PRETRAINED + ", data set " + data.name(),
        () -> {
          try (TensorScope scope = TensorScope.open()) {
            StateDictionary weights = StateDictionary.read(pretrained);
            WeightTransfer transfer =
                WeightTransfer.to(
                    model.model(), head(model, data), weights, RandomStream.of(seed, "model"));
            scope.keep(transfer.model().parameters());
            scope.keep(transfer.model().buffers());
            List<String> remarks = new ArrayList<>();
            remarks.add("begins with the weights in " + pretrained);
            remarks.addAll(transfer.remarks());
            return model.with(transfer.model(), remarks);
          }
        });
  }

  private ChosenModel frozen(ChosenModel model, DatasetBundle data, long seed) {
    return named(
        FREEZE,
        () -> {
          try (TensorScope scope = TensorScope.open()) {
            RandomStream random = RandomStream.of(seed, "model");
            NamedTensors all = model.model().initialParameters(random);
            Set<String> chosen = FrozenLayers.choose(freeze, all.names(), head(model, data));
            FrozenModel frozen =
                FrozenModel.of(model.model(), chosen, RandomStream.of(seed, "model"));
            scope.keep(frozen.frozen());
            return model.with(
                frozen,
                List.of(
                    String.format(
                        Locale.ROOT,
                        "frozen: %s (%,d of %,d parameters)",
                        String.join(", ", freeze),
                        frozen.frozen().elementCount(),
                        all.elementCount())));
          }
        });
  }

  /** Of a TorchScript file it is not known. */
  private static Set<String> head(ChosenModel model, DatasetBundle data) {
    return model.script().isPresent()
        ? Set.of()
        : Models.head(model.name(), data.shape(), data.classNames().size());
  }

  private static <T> T named(String where, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
