package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.MetaOptions.RateDependence;
import picocli.CommandLine.Option;

/** How the policy is learned. */
public final class PolicyLearningOptions {
  private static final MetaOptions BEST = MetaOptions.recommended();

  @Option(
      names = "--inner-steps",
      paramLabel = "K",
      description = {
        "Training steps of the model between two steps of the policy. The policy's gradient looks"
            + " back over these K steps.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int innerSteps = BEST.innerSteps();

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
  private Hypergradient hypergradient = Hypergradient.parse("probe:20");

  @Option(
      names = "--step-length",
      paramLabel = "HOW",
      description = {
        "What the policy's gradient makes of how far the K steps go. held: only where to counts, so"
            + " that transforms are not liked for their large gradients. free: as it is, which"
            + " --learn needs.",
        "Default: held with --hypergradient probe and without --learn, else free"
      })
  private StepLength stepLength;

  @Option(
      names = "--meta-lr",
      paramLabel = "RATE",
      description =
          "Learning rate of the policy: that of Adam, for all but choices by --choice-rule evidence;"
              + " 0: the policy stays as it starts. Default: ${DEFAULT-VALUE}")
  private double metaLearningRate = BEST.learningRate();

  @Option(
      names = "--magnitude-regularizer",
      paramLabel = "RHO",
      description =
          "Weight of the penalty mean((m - 1)^2) of magnitudes m, which favours strong transforms."
              + " Default: ${DEFAULT-VALUE}")
  private double magnitudeRegularizer = BEST.magnitudeRegularizer();

  @Option(
      names = "--meta-beta2",
      paramLabel = "B",
      description =
          "Memory of the policy's optimizer for squared gradients, about 1 / (1 - B) steps of the"
              + " policy. Default: ${DEFAULT-VALUE}")
  private double metaBeta2 = BEST.beta2();

  @Option(
      names = "--rate-in-hypergradient",
      paramLabel = "HOW",
      description = {
        "The gradient of the policy is proportional to the model's learning rate. divided-out:"
            + " relative to the schedule's factor, so that late epochs count as much as early ones;"
            + " no steps of the policy at rate 0. left-in: as it is.",
        "Default: ${DEFAULT-VALUE}"
      })
  private RateDependence rateDependence = BEST.rateDependence();

  @Option(
      names = "--validation-loss",
      paramLabel = "LOSS",
      description = {
        "What the policy is to make small on validation images. calibrated: the cross-entropy of"
            + " predictions that are as sure as they are right. cross-entropy: as it is; it also"
            + " rewards what only makes the model less sure of itself.",
        "Default: ${DEFAULT-VALUE}"
      })
  private OuterLoss validationLoss = BEST.outerLoss();

  @Option(
      names = "--choice-rule",
      paramLabel = "RULE",
      description = {
        "How probabilities follow their gradient. evidence: the sum of what speaks for a transform,"
            + " over its noise, so that without evidence they stand still. adam: by Adam, each logit"
            + " for itself.",
        "Default: evidence with --hypergradient probe, which it needs, else adam"
      })
  private ChoiceRuleName choiceRule;

  @Option(
      names = "--evidence-strength",
      paramLabel = "S",
      description =
          "With --choice-rule evidence: how far a logit moves for evidence of one standard"
              + " deviation. Default: ${DEFAULT-VALUE}")
  private double evidenceStrength = 1;

  void check() {
    InputRange.positive("--evidence-strength", evidenceStrength);
    if (choiceRule == ChoiceRuleName.EVIDENCE && !probes()) {
      throw new IllegalArgumentException(
          "--choice-rule: evidence, allowed with --hypergradient "
              + hypergradient
              + ": adam; evidence is what a probe finds");
    }
    InputRange.atLeast(1, "--inner-steps", innerSteps);
    InputRange.atLeast(0, "--meta-lr", metaLearningRate);
    InputRange.atLeast(0, "--magnitude-regularizer", magnitudeRegularizer);
    InputRange.belowOne("--meta-beta2", metaBeta2);
  }

  /** Whether the hypergradient comes from a probe. */
  boolean probes() {
    return hypergradient.estimator().probeImages().isPresent()
        || hypergradient.estimator().trialImages().isPresent();
  }

  private ChoiceRuleName choiceRule() {
    if (choiceRule != null) {
      return choiceRule;
    }
    return probes() ? ChoiceRuleName.EVIDENCE : ChoiceRuleName.ADAM;
  }

  /** How the hypergradient is found. */
  Hypergradient hypergradient() {
    return hypergradient;
  }

  /** Whether meta steps change anything. */
  public boolean movesPolicy() {
    return metaLearningRate > 0;
  }

  private StepLength stepLength(boolean hyperparametersLearned) {
    if (stepLength != null) {
      return stepLength;
    }
    return probes() && !hyperparametersLearned ? StepLength.HELD : StepLength.FREE;
  }

  /** Whether the length of the steps was asked to be held. */
  boolean holdsLength() {
    return stepLength == StepLength.HELD;
  }

  /**
   * The same for the library.
   *
   * @param hyperparametersLearned whether the optimizer's hyperparameters are learned, too
   */
  public MetaOptions toMetaOptions(boolean hyperparametersLearned) {
    return new MetaOptions(
        innerSteps,
        hypergradient.estimator(),
        stepLength(hyperparametersLearned),
        metaLearningRate,
        magnitudeRegularizer,
        metaBeta2,
        rateDependence,
        validationLoss,
        choiceRule().rule(evidenceStrength));
  }
}
