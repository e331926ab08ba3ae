package io.github.smartaug.cli.run;

import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;
import java.util.Locale;

/** Says before the first step of a refit what is done. */
final class RefitHeader implements TrainingListener {
  private final PrintStream out;
  private final RunInputs inputs;

  RefitHeader(PrintStream out, RunInputs inputs) {
    this.out = out;
    this.inputs = inputs;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    out.println(
        String.format(
            Locale.ROOT,
            "refit   a fresh model on %,d training and validation images, %s",
            inputs.used().training().size() + inputs.used().validation().orElseThrow().size(),
            inputs.augmenter().learns()
                ? "along the policy as it was learned"
                : "with the same augmentation"));
    if (plan.resumed()) {
      out.println(
          String.format(
              Locale.ROOT,
              "        resumed after %d epochs and %d steps",
              plan.finished().size(),
              plan.stepsDone()));
    }
  }
}
