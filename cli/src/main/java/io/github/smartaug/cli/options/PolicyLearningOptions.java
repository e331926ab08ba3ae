package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.train.MetaOptions;
import picocli.CommandLine.Option;

/** How the policy is learned. */
public final class PolicyLearningOptions {
  @Option(
      names = "--inner-steps",
      paramLabel = "K",
      description = {
        "Training steps of the model between two steps of the policy. The policy's gradient looks"
            + " back over these K steps.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int innerSteps = Defaults.INNER_STEPS;

  @Option(
      names = "--hypergradient",
      paramLabel = "NAME[:J]",
      completionCandidates = NameCandidates.OfEstimators.class,
      description = {
        "How the gradient of the validation loss with respect to the policy is computed; J is a"
            + " whole number from 1 to 9999. One of:",
        "${bundle:table.hypergradient-estimators}",
        "forward is not for models from a file.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Hypergradient hypergradient = new Hypergradient("unrolled", new Unrolled());

  @Option(
      names = "--meta-lr",
      paramLabel = "RATE",
      description =
          "Learning rate of the policy, whose optimizer is Adam; 0: the policy stays as it starts."
              + " Default: ${DEFAULT-VALUE}")
  private double metaLearningRate = 0.01;

  @Option(
      names = "--magnitude-regularizer",
      paramLabel = "RHO",
      description =
          "Weight of the penalty mean((m - 1)^2) on magnitudes m, which favours strong transforms."
              + " Default: ${DEFAULT-VALUE}")
  private double magnitudeRegularizer = 0.001;

  void check() {
    InputRange.atLeast(1, "--inner-steps", innerSteps);
    InputRange.atLeast(0, "--meta-lr", metaLearningRate);
    InputRange.atLeast(0, "--magnitude-regularizer", magnitudeRegularizer);
  }

  /** How the hypergradient is found. */
  Hypergradient hypergradient() {
    return hypergradient;
  }

  /** The same for the library. */
  public MetaOptions toMetaOptions() {
    return new MetaOptions(
        innerSteps, hypergradient.estimator(), metaLearningRate, magnitudeRegularizer);
  }
}
