package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.DifferentiableSgd.MomentumKind;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.train.InnerOptimizer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What moves the model's parameters. */
public final class ModelOptimizerOptions {
  private static final String SGD = "sgd";

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      completionCandidates = NameCandidates.OfOptimizers.class,
      description = {
        "Update rule of the model's weights, as in PyTorch. One of:",
        "${bundle:table.optimizers}",
        "Default: ${DEFAULT-VALUE}"
      })
  private String name = SGD;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Learning rate. Default: 0.1 with sgd, else PyTorch's default")
  private Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "Momentum of sgd and rmsprop. Default: 0.9 with sgd, 0 with rmsprop")
  private Double momentum;

  @Option(names = "--nesterov", description = "With sgd: use Nesterov's momentum")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = {
        "L2 penalty of the weights; with adamw apart from the gradient; rprop has none.",
        "Default: 5e-4 with sgd, 0.01 with adamw, else 0"
      })
  private Double weightDecay;

  @Option(
      names = "--learn",
      paramLabel = "NAMES",
      split = ",",
      description = {
        "Hyperparameters to learn in the policy's steps, starting at the values above: some of lr,"
            + " momentum, weight-decay, beta1, beta2, separated by commas. The schedule multiplies"
            + " a learned lr, too.",
        "Default: none"
      })
  private List<String> learn = List.of();

  void check() {
    DifferentiableOptimizer rule = rule();
    if (learningRate != null) {
      InputRange.positive("--lr", learningRate);
    }
    if (momentum != null) {
      requireKnown("--momentum", Hyperparameters.MOMENTUM, rule);
      InputRange.belowOne("--momentum", momentum);
    }
    if (weightDecay != null) {
      requireKnown("--weight-decay", Hyperparameters.WEIGHT_DECAY, rule);
      InputRange.atLeast(0, "--weight-decay", weightDecay);
    }
    if (nesterov && !name.equals(SGD)) {
      throw new IllegalArgumentException("--nesterov: not with " + name + ", allowed with: sgd");
    }
    if (nesterov && momentum != null && momentum == 0) {
      throw new IllegalArgumentException("--momentum: 0, allowed with --nesterov: above 0");
    }
    learned();
  }

  /** The name of the update rule. */
  public String name() {
    return name;
  }

  /** The same for the library. */
  public InnerOptimizer toInnerOptimizer() {
    DifferentiableOptimizer rule = nesterov ? new DifferentiableSgd(MomentumKind.NESTEROV) : rule();
    return new InnerOptimizer(rule, hyperparameters(rule), learned());
  }

  /** What is used for the options that may be left out, by their names without hyphens before. */
  public Map<String, Double> inUse() {
    Hyperparameters values = hyperparameters(rule());
    Map<String, Double> inUse = new LinkedHashMap<>();
    Map.of(
            "lr", Hyperparameters.LEARNING_RATE,
            "momentum", Hyperparameters.MOMENTUM,
            "weight-decay", Hyperparameters.WEIGHT_DECAY)
        .forEach(
            (option, of) -> {
              if (values.contains(of)) {
                inUse.put(option, values.get(of).value());
              }
            });
    return inUse;
  }

  private DifferentiableOptimizer rule() {
    NamedThings.OPTIMIZERS.requireKnown(name);
    return Optimizers.named(name);
  }

  private Hyperparameters hyperparameters(DifferentiableOptimizer rule) {
    Hyperparameters values = rule.defaults();
    if (name.equals(SGD)) {
      values =
          values
              .with(Hyperparameters.LEARNING_RATE, Defaults.LEARNING_RATE)
              .with(Hyperparameters.MOMENTUM, Defaults.MOMENTUM)
              .with(Hyperparameters.WEIGHT_DECAY, Defaults.WEIGHT_DECAY);
    }
    values = with(values, Hyperparameters.LEARNING_RATE, learningRate);
    values = with(values, Hyperparameters.MOMENTUM, momentum);
    return with(values, Hyperparameters.WEIGHT_DECAY, weightDecay);
  }

  private static Hyperparameters with(Hyperparameters values, String name, Double given) {
    return given == null ? values : values.with(name, given);
  }

  /** Whether hyperparameters are learned with the policy. */
  boolean learns() {
    return !learn.isEmpty();
  }

  private Set<String> learned() {
    Hyperparameters start = hyperparameters(rule());
    Set<String> names = new LinkedHashSet<>();
    for (String word : learn) {
      LearnableHyperparameter learnable = LearnableHyperparameter.of(word);
      if (!start.contains(learnable.hyperparameter())) {
        throw new IllegalArgumentException(
            "--learn: %s has no %s, allowed with it: %s"
                .formatted(name, word, LearnableHyperparameter.wordsOf(start)));
      }
      if (start.get(learnable.hyperparameter()).isZero()) {
        throw new IllegalArgumentException(
            "--learn: %s starts at 0, allowed: above 0 (--%s)".formatted(word, word));
      }
      names.add(learnable.hyperparameter());
    }
    return names;
  }

  private void requireKnown(String option, String hyperparameter, DifferentiableOptimizer rule) {
    if (!rule.defaults().contains(hyperparameter)) {
      String others =
          Optimizers.names().stream()
              .filter(other -> Optimizers.named(other).defaults().contains(hyperparameter))
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          option + ": not with " + name + ", allowed with: " + others);
    }
  }
}
