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
        "Steps of the model between two steps of the policy, which looks back over them.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int innerSteps = Defaults.INNER_STEPS;

  @Option(
      names = "--hypergradient",
      paramLabel = "HOW",
      description = {
        "How the gradient of the validation loss with respect to the policy is found:",
        "unrolled: exact, memory grows with K;",
        "checkpointed: exact, every step is computed twice, memory of one step;",
        "truncated:J: looks back over the last J steps only, cheaper;",
        "forward: the last step, by forward-mode differentiation (exact for K = 1), not for models"
            + " from a file;",
        "finite-difference: the last step, approximately, as in DARTS;",
        "neumann:J, cg:J: implicit differentiation with J products with the Hessian, for large K.",
        "Default: ${DEFAULT-VALUE}"
      })
  private Hypergradient hypergradient = new Hypergradient("unrolled", new Unrolled());

  @Option(
      names = "--meta-lr",
      paramLabel = "RATE",
      description =
          "Learning rate of the policy (DifferentiableAdam); 0: it stays as it starts. Default: ${DEFAULT-VALUE}")
  private double metaLearningRate = 0.01;

  @Option(
      names = "--magnitude-regularizer",
      paramLabel = "RHO",
      description =
          "Weight of the penalty mean((m - 1)^2), which favours strong transforms."
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
