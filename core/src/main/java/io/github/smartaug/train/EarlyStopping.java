package io.github.smartaug.train;

/**
 * Ends a run when the validation accuracy has not improved for some epochs: Prechelt, "Early
 * stopping - but when?", Neural Networks: Tricks of the Trade, 1998.
 */
public final class EarlyStopping implements TrainingListener {
  private final int patience;
  private final Runnable end;
  private double best = Double.NEGATIVE_INFINITY;
  private int epochsWithoutBetter;

  /**
   * A listener that ends a run.
   *
   * @param patience epochs without a better accuracy after which the run ends, at least 1
   * @param end usually {@link JointTrainer#endAfterEpoch}
   */
  public EarlyStopping(int patience, Runnable end) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience is " + patience + ", allowed: at least 1");
    }
    this.patience = patience;
    this.end = end;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    plan.finished().forEach(this::epochFinished);
  }

  @Override
  public void epochFinished(EpochReport report) {
    if (report.validationAccuracy() > best) {
      best = report.validationAccuracy();
      epochsWithoutBetter = 0;
    } else {
      epochsWithoutBetter++;
    }
    if (epochsWithoutBetter >= patience) {
      end.run();
    }
  }
}
