package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.MetaOptions.ChoiceRule.Evidence;
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
        "forward is not for models from a file, trial neither for --augment sequence nor for"
            + " --per-class.",
        "Default: trial:48, where that is not possible probe:20"
      })
  private Hypergradient hypergradient;

  @Option(
      names = "--step-length",
      paramLabel = "HOW",
      description = {
        "What the policy's gradient makes of how far the K steps go. held: only where to counts, so"
            + " that transforms are not liked for their large gradients. free: as it is, which"
            + " --learn needs. A trial holds the length of what it tries by itself.",
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
        "Default: evidence with --hypergradient trial or probe, one of which it needs, else adam"
      })
  private ChoiceRuleName choiceRule;

  @Option(
      names = "--evidence-strength",
      paramLabel = "S",
      description =
          "With --choice-rule evidence: how far a logit moves for evidence of one standard"
              + " deviation. Default: ${DEFAULT-VALUE}")
  private double evidenceStrength = 2;

  @Option(
      names = "--overfit-shrinkage",
      paramLabel = "S",
      description = {
        "With --choice-rule evidence: share of the way back to where it started that the policy goes"
            + " when the model overfits (magnitudes only where that is stronger), which a policy"
            + " learned step by step does not see. It goes from 0 to S while the loss on training"
            + " images falls from 3/4 to 1/2 of that on validation images, once both have been"
            + " alike. 0: it never goes back.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double overfitShrinkage = Evidence.DEFAULT_OVERFIT_SHRINKAGE;

  void check() {
    InputRange.positive("--evidence-strength", evidenceStrength);
    InputRange.belowOne("--overfit-shrinkage", overfitShrinkage);
    if (choiceRule == ChoiceRuleName.EVIDENCE && !looksAtAllAlike()) {
      throw new IllegalArgumentException(
          "--choice-rule: evidence, allowed with --hypergradient "
              + hypergradient
              + ": adam; evidence is what a trial or a probe finds");
    }
    InputRange.atLeast(1, "--inner-steps", innerSteps);
    InputRange.atLeast(0, "--meta-lr", metaLearningRate);
    InputRange.atLeast(0, "--magnitude-regularizer", magnitudeRegularizer);
    InputRange.belowOne("--meta-beta2", metaBeta2);
  }

  /**
   * Whether the hypergradient looks at all transforms equally often, which is what evidence is
   * collected from; by default it does.
   */
  boolean looksAtAllAlike() {
    return hypergradient == null || probes() || tries();
  }

  private boolean probes() {
    return hypergradient != null && hypergradient.estimator().probeImages().isPresent();
  }

  /** Whether it was asked for trials. */
  boolean tries() {
    return hypergradient != null && hypergradient.estimator().trialImages().isPresent();
  }

  private ChoiceRuleName choiceRule() {
    if (choiceRule != null) {
      return choiceRule;
    }
    return looksAtAllAlike() ? ChoiceRuleName.EVIDENCE : ChoiceRuleName.ADAM;
  }

  /**
   * How the hypergradient is found.
   *
   * @param cannotBeTried whether trials cannot tell what the policy chooses from apart
   */
  Hypergradient hypergradient(boolean cannotBeTried) {
    if (hypergradient != null) {
      return hypergradient;
    }
    return cannotBeTried
        ? Hypergradient.parse("probe:20")
        : Hypergradient.parse("trial:" + Trial.DEFAULT_IMAGES);
  }

  /** Whether meta steps change anything. */
  public boolean movesPolicy() {
    return metaLearningRate > 0;
  }

  private StepLength stepLength(boolean cannotBeTried, boolean hyperparametersLearned) {
    if (stepLength != null) {
      return stepLength;
    }
    boolean probed = hypergradient(cannotBeTried).estimator().probeImages().isPresent();
    return probed && !hyperparametersLearned ? StepLength.HELD : StepLength.FREE;
  }

  /** Whether the length of the steps was asked to be held. */
  boolean holdsLength() {
    return stepLength == StepLength.HELD;
  }

  /**
   * The same for the library.
   *
   * @param cannotBeTried whether trials cannot tell what the policy chooses from apart
   * @param hyperparametersLearned whether the optimizer's hyperparameters are learned, too
   */
  public MetaOptions toMetaOptions(boolean cannotBeTried, boolean hyperparametersLearned) {
    return new MetaOptions(
        innerSteps,
        hypergradient(cannotBeTried).estimator(),
        stepLength(cannotBeTried, hyperparametersLearned),
        metaLearningRate,
        magnitudeRegularizer,
        metaBeta2,
        rateDependence,
        validationLoss,
        choiceRule().rule(evidenceStrength, overfitShrinkage));
  }
}
