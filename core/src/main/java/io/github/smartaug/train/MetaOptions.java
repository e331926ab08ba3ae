package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.MetaOptimizer;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The learning of the policy, and of hyperparameters, by the hypergradient after every few inner
 * steps.
 *
 * @param innerSteps inner steps per meta step, K, at least 1; the last cycle of an epoch may be
 *     shorter
 * @param estimator of the hypergradient
 * @param stepLength what it counts of the way of the inner steps
 * @param learningRate of Adam, at least 0; at 0 nothing is moved by any rule
 * @param magnitudeRegularizer factor rho of the policy's penalty, at least 0: of {@link
 *     io.github.smartaug.augment.Augmenter#penalty}
 * @param beta2 of Adam, at least 0, below 1: its memory of squared hypergradients is about {@code
 *     1/(1 - beta2)} meta steps, which should be fewer than a run has
 * @param rateDependence what becomes of the inner learning rate in the hypergradient
 * @param outerLoss on validation images
 * @param choiceRule how choices are moved
 */
public record MetaOptions(
    int innerSteps,
    HypergradientEstimator estimator,
    StepLength stepLength,
    double learningRate,
    double magnitudeRegularizer,
    double beta2,
    RateDependence rateDependence,
    OuterLoss outerLoss,
    ChoiceRule choiceRule) {
  /** How the choices of a policy are moved, such as the one among transforms. */
  public sealed interface ChoiceRule {
    /** As all else: logits by Adam, magnitudes too, as they are. */
    record PerLogit() implements ChoiceRule {}

    /**
     * By the sum of the evidence for each alternative over its noise; magnitudes by Adam in their
     * logarithms, with beta1 0.5, those of the two axes of a transform together, and to the weaker
     * of two values that cannot be told apart. Made for {@link Trial} and {@link
     * io.github.smartaug.meta.PairedProbe}: other estimators see some alternatives more often than
     * others. While the model overfits, the policy goes part of the way back to where it started,
     * magnitudes only where that is stronger, because evidence of a step or two knows nothing of
     * that.
     *
     * @param strength how far a logit moves for a standard deviation of evidence, positive
     * @param overfitShrinkage share of the way that the policy goes back at most, at least 0, below
     *     1: from nothing where the loss on training images is 3/4 of that on validation images, to
     *     all of it at 1/2
     */
    record Evidence(double strength, double overfitShrinkage) implements ChoiceRule {
      /** What was best of a few. */
      public static final double DEFAULT_OVERFIT_SHRINKAGE = 0.7;

      /** Checks the numbers. */
      public Evidence {
        InputRange.positive("strength of evidence", strength);
        InputRange.belowOne("overfit shrinkage", overfitShrinkage);
      }

      /** With the usual shrinkage. */
      public Evidence(double strength) {
        this(strength, DEFAULT_OVERFIT_SHRINKAGE);
      }
    }
  }

  /** What the hypergradient owes to the present inner learning rate. */
  public enum RateDependence {
    /**
     * What comes through the inner steps is divided by the factor that the schedule gives the
     * learning rate, so that a late epoch counts as much as an early one, and as much against the
     * penalty. Where the factor is 0 there are no meta steps.
     */
    DIVIDED_OUT,
    /** It is taken as it is, as the ancestor does. */
    LEFT_IN;

    /** The name in files and on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the numbers. */
  public MetaOptions {
    InputRange.atLeast(1, "inner steps", innerSteps);
    InputRange.atLeast(0, "meta learning rate", learningRate);
    InputRange.atLeast(0, "magnitude regularizer", magnitudeRegularizer);
    InputRange.belowOne("meta beta2", beta2);
  }

  /** With beta2 0.99 and the inner learning rate divided out. */
  public MetaOptions(
      int innerSteps,
      HypergradientEstimator estimator,
      double learningRate,
      double magnitudeRegularizer) {
    this(
        innerSteps,
        estimator,
        StepLength.FREE,
        learningRate,
        magnitudeRegularizer,
        0.99,
        RateDependence.DIVIDED_OUT,
        OuterLoss.CROSS_ENTROPY,
        new ChoiceRule.PerLogit());
  }

  /** Unrolled, learning rate 0.01, regulariser 0.001, beta2 0.99, the inner rate divided out. */
  public static MetaOptions defaults(int innerSteps) {
    return new MetaOptions(innerSteps, new Unrolled(), 0.01, 0.001);
  }

  /**
   * What finds most at little cost: trials on 48 images every 20 steps, evidence for choices, the
   * calibrated loss, no penalty. It needs a policy that neither weighs losses nor treats classes
   * differently, and is best with magnitudes that start small, 2 validation batches, a meta
   * learning rate that falls to 0, and no meta step in the first epoch.
   */
  public static MetaOptions recommended() {
    return defaults(20).toBuilder()
        .estimator(new Trial(Trial.DEFAULT_IMAGES))
        .beta2(0.9)
        .learningRate(0.15)
        .magnitudeRegularizer(0)
        .rateDependence(RateDependence.LEFT_IN)
        .outerLoss(OuterLoss.CALIBRATED)
        .choiceRule(new ChoiceRule.Evidence(2))
        .build();
  }

  /** As the ancestor: beta2 0.999, the inner learning rate left in. */
  public static MetaOptions original(int innerSteps) {
    return defaults(innerSteps).toBuilder()
        .beta2(0.999)
        .rateDependence(RateDependence.LEFT_IN)
        .build();
  }

  /**
   * The outer step, before the model overfits.
   *
   * @param policy that is moved, as it is at present
   * @param projection brings moved meta parameters back into their ranges
   */
  public MetaOptimizer optimizer(Augmenter policy, UnaryOperator<NamedTensors> projection) {
    return optimizer(policy, projection, 0);
  }

  /**
   * The outer step.
   *
   * @param shrinkage share of the way back to its start that the policy goes
   */
  MetaOptimizer optimizer(
      Augmenter policy, UnaryOperator<NamedTensors> projection, double shrinkage) {
    DifferentiableOptimizer optimizer =
        choiceRule instanceof ChoiceRule.Evidence evidence
            ? PolicyOptimizer.of(policy, learningRate > 0 ? evidence.strength() : 0, shrinkage)
            : new DifferentiableAdam();
    return new MetaOptimizer(
        optimizer,
        optimizer
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, learningRate)
            .with(Hyperparameters.BETA2, beta2),
        new GradientClipping(1),
        projection);
  }

  /** Begins with the {@link #defaults} with one inner step. */
  public static Builder builder() {
    return defaults(1).toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link MetaOptions}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private int innerSteps;
    private HypergradientEstimator estimator;
    private StepLength stepLength;
    private double learningRate;
    private double magnitudeRegularizer;
    private double beta2;
    private RateDependence rateDependence;
    private OuterLoss outerLoss;
    private ChoiceRule choiceRule;

    private Builder(MetaOptions values) {
      innerSteps = values.innerSteps;
      estimator = values.estimator;
      stepLength = values.stepLength;
      learningRate = values.learningRate;
      magnitudeRegularizer = values.magnitudeRegularizer;
      beta2 = values.beta2;
      rateDependence = values.rateDependence;
      outerLoss = values.outerLoss;
      choiceRule = values.choiceRule;
    }

    /** Inner steps per meta step, K, at least 1. Default: 1. */
    public Builder innerSteps(int value) {
      innerSteps = value;
      return this;
    }

    /** How the hypergradient is found. Default: {@link Unrolled}. */
    public Builder estimator(HypergradientEstimator value) {
      estimator = value;
      return this;
    }

    /** What the hypergradient counts of the way of the inner steps. Default: {@code FREE}. */
    public Builder stepLength(StepLength value) {
      stepLength = value;
      return this;
    }

    /** Learning rate of Adam on the hypergradient, at least 0. Default: 0.01. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Factor of the policy's penalty, at least 0. Default: 0.001. */
    public Builder magnitudeRegularizer(double value) {
      magnitudeRegularizer = value;
      return this;
    }

    /** Decay of Adam's memory of squared hypergradients, at least 0, below 1. Default: 0.99. */
    public Builder beta2(double value) {
      beta2 = value;
      return this;
    }

    /** What becomes of the inner learning rate in the hypergradient. Default: divided out. */
    public Builder rateDependence(RateDependence value) {
      rateDependence = value;
      return this;
    }

    /** The loss on validation images. Default: the cross-entropy. */
    public Builder outerLoss(OuterLoss value) {
      outerLoss = value;
      return this;
    }

    /** How choices are moved. Default: by Adam. */
    public Builder choiceRule(ChoiceRule value) {
      choiceRule = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public MetaOptions build() {
      return new MetaOptions(
          innerSteps,
          estimator,
          stepLength,
          learningRate,
          magnitudeRegularizer,
          beta2,
          rateDependence,
          outerLoss,
          choiceRule);
    }
  }
}
