package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.optim.Schedule;
import java.util.stream.IntStream;

/**
 * How to train.
 *
 * @param epochs at least 1
 * @param inner the training of the model
 * @param meta the learning of the policy; without effect on a policy that does not learn
 * @param seed of every random draw
 * @param controls beyond plain training
 */
public record TrainingOptions(
    int epochs, InnerOptions inner, MetaOptions meta, long seed, TrainingControls controls) {
  /** Checks the number of epochs, and that everything begins before they end. */
  public TrainingOptions {
    InputRange.atLeast(1, "epochs", epochs);
    InputRange.within(1, epochs, "augmentation start epoch", controls.augmentStart());
    InputRange.within(1, epochs, "meta start epoch", controls.meta().start());
    Schedule schedule = inner.schedule();
    if (IntStream.range(0, epochs).allMatch(epoch -> schedule.factor(epoch, epochs) == 0)) {
      throw new IllegalArgumentException(
          "schedule: learning rate 0 in every epoch of "
              + epochs
              + ", allowed: a warm-up shorter than the run");
    }
    if (meta.stepLength() == StepLength.HELD && !inner.optimizer().learned().isEmpty()) {
      throw new IllegalArgumentException(
          "step length: held, allowed where hyperparameters are learned: free");
    }
  }

  /** With the default controls. */
  public TrainingOptions(int epochs, InnerOptions inner, MetaOptions meta, long seed) {
    this(epochs, inner, meta, seed, TrainingControls.defaults());
  }

  /** Begins with 15 epochs, seed 1, and the defaults of all parts. */
  public static Builder builder() {
    return new TrainingOptions(15, InnerOptions.defaults(0.1), MetaOptions.defaults(1), 1)
        .toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link TrainingOptions}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private int epochs;
    private InnerOptions inner;
    private MetaOptions meta;
    private long seed;
    private TrainingControls controls;

    private Builder(TrainingOptions values) {
      epochs = values.epochs;
      inner = values.inner;
      meta = values.meta;
      seed = values.seed;
      controls = values.controls;
    }

    /** Number of epochs, at least 1. Default: 15. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** The training of the model. Default: SGD at learning rate 0.1. */
    public Builder inner(InnerOptions value) {
      inner = value;
      return this;
    }

    /** The learning of the policy. Default: a meta step after every inner step. */
    public Builder meta(MetaOptions value) {
      meta = value;
      return this;
    }

    /** Of every random draw. Default: 1. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** What goes beyond plain training. Default: nothing. */
    public Builder controls(TrainingControls value) {
      controls = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrainingOptions build() {
      return new TrainingOptions(epochs, inner, meta, seed, controls);
    }
  }
}
