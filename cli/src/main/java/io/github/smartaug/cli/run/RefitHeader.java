package io.github.smartaug.cli.run;

import io.github.smartaug.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is done in a refit, said before its first step. */
record RefitHeader(RunInputs inputs) {
  /** For people. */
  List<String> lines(TrainingPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "refit   a fresh model on %,d training and validation images, %s",
            images(),
            inputs.augmenter().learns()
                ? "along the policy as it was learned"
                : "with the same augmentation"));
    if (plan.resumed()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "        resumed after %d epochs and %d steps",
              plan.finished().size(),
              plan.stepsDone()));
    }
    return lines;
  }

  /** For programs. */
  Map<String, Object> fields(TrainingPlan plan) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("training_images", images());
    fields.put("epochs", plan.epochs());
    fields.put("epochs_done", plan.finished().size());
    fields.put("steps_per_epoch", plan.stepsPerEpoch());
    return fields;
  }

  private int images() {
    return inputs.used().training().size() + inputs.used().validation().orElseThrow().size();
  }
}
