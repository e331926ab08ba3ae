package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.optim.Schedule;

/**
 * When and how carefully the policy is learned.
 *
 * @param start first epoch, from 1, in which it is learned; before, it is used as it starts
 * @param schedule of the meta learning rate over the epochs of the run
 * @param validationBatches V: a meta step sees that many validation batches together, at most the
 *     whole set; memory grows with it
 * @param maximumSkipped so many meta steps in a row that are not finite end the run, at least 1
 */
public record MetaControls(
    int start, Schedule schedule, int validationBatches, int maximumSkipped) {
  /** Checks the numbers. */
  public MetaControls {
    InputRange.atLeast(1, "meta start epoch", start);
    InputRange.atLeast(1, "validation batches", validationBatches);
    InputRange.atLeast(1, "maximum of skipped meta steps", maximumSkipped);
  }

  /** From the first epoch on, at a constant rate, one batch a step, ten skipped in a row. */
  public static MetaControls defaults() {
    return new MetaControls(1, Schedule.constant(), 1, 10);
  }

  /** Begins with the {@link #defaults}. */
  public static Builder builder() {
    return defaults().toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link MetaControls}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private int start;
    private Schedule schedule;
    private int validationBatches;
    private int maximumSkipped;

    private Builder(MetaControls values) {
      start = values.start;
      schedule = values.schedule;
      validationBatches = values.validationBatches;
      maximumSkipped = values.maximumSkipped;
    }

    /** First epoch, from 1, in which the policy is learned. Default: 1. */
    public Builder start(int value) {
      start = value;
      return this;
    }

    /** Schedule of the meta learning rate over the epochs. Default: constant. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /** Validation batches that a meta step sees together, V. Default: 1. */
    public Builder validationBatches(int value) {
      validationBatches = value;
      return this;
    }

    /** So many meta steps in a row that are not finite end the run. Default: 10. */
    public Builder maximumSkipped(int value) {
      maximumSkipped = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public MetaControls build() {
      return new MetaControls(start, schedule, validationBatches, maximumSkipped);
    }
  }
}
