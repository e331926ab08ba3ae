package io.github.smartaug.optim;

import static io.github.smartaug.optim.Hyperparameters.BETA1;
import static io.github.smartaug.optim.Hyperparameters.BETA2;
import static io.github.smartaug.optim.Hyperparameters.DAMPENING;
import static io.github.smartaug.optim.Hyperparameters.LEARNING_RATE;
import static io.github.smartaug.optim.Hyperparameters.MOMENTUM;
import static io.github.smartaug.optim.Hyperparameters.WEIGHT_DECAY;

import io.github.smartaug.optim.DifferentiableAdam.Denominator;
import io.github.smartaug.optim.DifferentiableRmsProp.Moment;
import io.github.smartaug.optim.DifferentiableSgd.MomentumKind;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** All optimizers in all their variants, each with something to be compared with. */
public final class OptimizerRows {
  private OptimizerRows() {}

  /** An optimizer with hyperparameters, and how to start one by others that should equal it. */
  public static final class Row {
    private final String name;
    private final DifferentiableOptimizer optimizer;
    private final Hyperparameters hyperparameters;
    private final Function<Hyperparameters, ReferenceOptimizer> reference;

    private Row(
        String name,
        DifferentiableOptimizer optimizer,
        Hyperparameters hyperparameters,
        Function<Hyperparameters, ReferenceOptimizer> reference) {
      this.name = name;
      this.optimizer = optimizer;
      this.hyperparameters = hyperparameters;
      this.reference = reference;
    }

    /** The update rule. */
    public DifferentiableOptimizer optimizer() {
      return optimizer;
    }

    /** All hyperparameters of the rule, constants. */
    public Hyperparameters hyperparameters() {
      return hyperparameters;
    }

    ReferenceOptimizer startReference() {
      return reference.apply(hyperparameters);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All rows. */
  public static Stream<Row> all() {
    return Stream.concat(inLibtorch(), documented());
  }

  private static Stream<Row> inLibtorch() {
    return Stream.of(
        sgd("plain", MomentumKind.CLASSIC, Map.of()),
        sgd("momentum", MomentumKind.CLASSIC, Map.of(MOMENTUM, 0.9)),
        sgd("decay", MomentumKind.CLASSIC, Map.of(MOMENTUM, 0.9, WEIGHT_DECAY, 0.05)),
        sgd("dampening", MomentumKind.CLASSIC, Map.of(MOMENTUM, 0.9, DAMPENING, 0.3)),
        sgd("Nesterov", MomentumKind.NESTEROV, Map.of(MOMENTUM, 0.9, WEIGHT_DECAY, 0.05)),
        adam("defaults", new DifferentiableAdam(), Map.of()),
        adam("decay", new DifferentiableAdam(), Map.of(WEIGHT_DECAY, 0.05)),
        adam("other betas", new DifferentiableAdam(), Map.of(BETA1, 0.5, BETA2, 0.9)),
        adam(
            "AMSGrad",
            new DifferentiableAdam(1e-8, Denominator.LARGEST_SECOND_MOMENT),
            Map.of(BETA2, 0.7)),
        adamW("defaults", new DifferentiableAdamW(), Map.of()),
        adamW(
            "decay",
            new DifferentiableAdamW(new DifferentiableAdam(1e-6)),
            Map.of(WEIGHT_DECAY, 0.3)),
        rmsProp("defaults", new DifferentiableRmsProp(), Map.of()),
        rmsProp("momentum", new DifferentiableRmsProp(), Map.of(MOMENTUM, 0.5, WEIGHT_DECAY, 0.05)),
        rmsProp(
            "centered",
            new DifferentiableRmsProp(1e-8, Moment.CENTERED),
            Map.of(DifferentiableRmsProp.ALPHA, 0.9)),
        rmsProp(
            "centered, momentum",
            new DifferentiableRmsProp(1e-6, Moment.CENTERED),
            Map.of(DifferentiableRmsProp.ALPHA, 0.8, MOMENTUM, 0.9)),
        adagrad("defaults", new DifferentiableAdagrad(), Map.of()),
        adagrad(
            "falling",
            new DifferentiableAdagrad(1e-6, 0.5),
            Map.of(DifferentiableAdagrad.LEARNING_RATE_DECAY, 0.1, WEIGHT_DECAY, 0.05)));
  }

  private static Stream<Row> documented() {
    return Stream.of(
        ruled(
            "Adadelta",
            new DifferentiableAdadelta(),
            Map.of(LEARNING_RATE, 1.0),
            DocumentedRules.OfAdadelta::new),
        ruled(
            "Adadelta, decay",
            new DifferentiableAdadelta(1e-4),
            Map.of(LEARNING_RATE, 0.5, DifferentiableAdadelta.RHO, 0.7, WEIGHT_DECAY, 0.05),
            DocumentedRules.OfAdadelta::new),
        ruled("Adamax", new DifferentiableAdamax(), Map.of(), DocumentedRules.OfAdamax::new),
        ruled(
            "Adamax, decay",
            new DifferentiableAdamax(),
            Map.of(BETA2, 0.8, WEIGHT_DECAY, 0.05),
            DocumentedRules.OfAdamax::new),
        ruled("NAdam", new DifferentiableNAdam(), Map.of(), DocumentedRules.OfNAdam::new),
        ruled(
            "NAdam, decay",
            new DifferentiableNAdam(1e-6, 0.1, WeightDecay.PENALTY),
            Map.of(BETA1, 0.7, BETA2, 0.9, WEIGHT_DECAY, 0.05),
            DocumentedRules.OfNAdam::new),
        ruled(
            "NAdam, decoupled",
            new DifferentiableNAdam(1e-8, 4e-3, WeightDecay.DECOUPLED),
            Map.of(WEIGHT_DECAY, 0.3),
            DocumentedRules.OfNAdam::new),
        ruled("RAdam", new DifferentiableRAdam(), Map.of(), DocumentedRules.OfRAdam::new),
        ruled(
            "RAdam, decay",
            new DifferentiableRAdam(),
            Map.of(BETA2, 0.9, WEIGHT_DECAY, 0.05),
            DocumentedRules.OfRAdam::new),
        ruled(
            "RAdam, decoupled",
            new DifferentiableRAdam(1e-6, WeightDecay.DECOUPLED),
            Map.of(BETA1, 0.7, WEIGHT_DECAY, 0.3),
            DocumentedRules.OfRAdam::new),
        ruled("ASGD", new DifferentiableAsgd(), Map.of(), DocumentedRules.OfAsgd::new),
        ruled(
            "ASGD, decay",
            new DifferentiableAsgd(0.5, 3),
            Map.of(DifferentiableAsgd.LAMBDA, 0.2, WEIGHT_DECAY, 0.05),
            DocumentedRules.OfAsgd::new),
        ruled("Rprop", new DifferentiableRprop(), Map.of(), DocumentedRules.OfRprop::new),
        ruled(
            "Rprop, bounds",
            new DifferentiableRprop(0.02, 0.3),
            Map.of(DifferentiableRprop.ETA_MINUS, 0.3, DifferentiableRprop.ETA_PLUS, 1.5),
            DocumentedRules.OfRprop::new));
  }

  private static Row sgd(String variant, MomentumKind kind, Map<String, Double> values) {
    return row(
        "SGD, " + variant,
        new DifferentiableSgd(kind),
        values,
        all -> LibtorchOptimizers.sgd(kind, all));
  }

  private static Row adam(String variant, DifferentiableAdam adam, Map<String, Double> values) {
    return row("Adam, " + variant, adam, values, all -> LibtorchOptimizers.adam(adam, all));
  }

  private static Row adamW(String variant, DifferentiableAdamW adamW, Map<String, Double> values) {
    return row(
        "AdamW, " + variant, adamW, values, all -> LibtorchOptimizers.adamW(adamW.adam(), all));
  }

  private static Row rmsProp(
      String variant, DifferentiableRmsProp rmsProp, Map<String, Double> values) {
    return row(
        "RMSprop, " + variant, rmsProp, values, all -> LibtorchOptimizers.rmsProp(rmsProp, all));
  }

  private static Row adagrad(
      String variant, DifferentiableAdagrad adagrad, Map<String, Double> values) {
    return row(
        "Adagrad, " + variant, adagrad, values, all -> LibtorchOptimizers.adagrad(adagrad, all));
  }

  private static <T extends DifferentiableOptimizer> Row ruled(
      String name,
      T optimizer,
      Map<String, Double> values,
      BiFunction<T, Hyperparameters, DocumentedRules.Rule> rule) {
    return row(
        name, optimizer, values, all -> DocumentedRules.running(() -> rule.apply(optimizer, all)));
  }

  private static Row row(
      String name,
      DifferentiableOptimizer optimizer,
      Map<String, Double> values,
      Function<Hyperparameters, ReferenceOptimizer> reference) {
    Hyperparameters hyperparameters = optimizer.defaults().with(LEARNING_RATE, 0.05);
    for (Map.Entry<String, Double> value : values.entrySet()) {
      hyperparameters = hyperparameters.with(value.getKey(), value.getValue());
    }
    return new Row(name, optimizer, hyperparameters, reference);
  }
}
