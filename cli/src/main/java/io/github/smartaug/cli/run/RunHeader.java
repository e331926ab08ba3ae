package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is trained on what, said before the first step.
 *
 * @param folder of the run
 */
record RunHeader(TrainOptions options, RunInputs inputs, Path folder) {
  /** For people. */
  List<String> lines(TrainingPlan plan) {
    DatasetBundle used = inputs.used();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "data    %s: %,d training, %,d validation, %,d test images %s, %d classes",
            used.name(),
            used.training().size(),
            validationImages(),
            used.test().size(),
            used.shape(),
            used.classNames().size()));
    addIndented(dataRemarks(), lines);
    lines.add(text("model   %s, %,d parameters", inputs.chosenModel().name(), plan.parameters()));
    addIndented(modelRemarks(), lines);
    lines.add("policy  " + inputs.augmenter().description());
    addIndented(policyRemarks(), lines);
    lines.add(
        text(
            "run     %s of %s on %s, %s, into %s",
            count(plan.epochs(), "epoch"),
            count(plan.stepsPerEpoch(), "step"),
            options.run().device(),
            count(TorchRuntime.threads(), "thread"),
            folder));
    addIndented(computationRemarks(), lines);
    if (plan.resumed()) {
      addIndented(
          List.of(
              text(
                  "resumed after %s and %s",
                  count(plan.finished().size(), "epoch"), count(plan.stepsDone(), "step"))),
          lines);
    }
    return lines;
  }

  /** For programs. */
  Map<String, Object> fields(TrainingPlan plan) {
    DatasetBundle used = inputs.used();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", folder.toString());
    fields.put("data", used.name());
    fields.put("training_images", used.training().size());
    fields.put("validation_images", validationImages());
    fields.put("test_images", used.test().size());
    fields.put("shape", used.shape().toString());
    fields.put("classes", used.classNames().size());
    fields.put("model", inputs.chosenModel().name());
    fields.put("parameters", plan.parameters());
    fields.put("policy", inputs.augmenter().description());
    fields.put("device", options.run().device());
    fields.put("threads", TorchRuntime.threads());
    fields.put("epochs", plan.epochs());
    fields.put("epochs_done", plan.finished().size());
    fields.put("steps_per_epoch", plan.stepsPerEpoch());
    fields.put(
        "remarks",
        Stream.of(dataRemarks(), modelRemarks(), policyRemarks(), computationRemarks())
            .flatMap(List::stream)
            .toList());
    return fields;
  }

  private List<String> dataRemarks() {
    DatasetBundle used = inputs.used();
    List<String> remarks = new ArrayList<>(used.notes().stream().map(OneLine::of).toList());
    int leftOut = used.training().size() - inputs.data().training().size();
    if (10 * leftOut > used.training().size()) {
      remarks.add(
          text(
              "every epoch leaves out %,d of the %,d training images, which do not fill a batch"
                  + " of %d",
              leftOut, used.training().size(), inputs.batchSize()));
    }
    return remarks;
  }

  private List<String> modelRemarks() {
    return inputs.chosenModel().remarks().stream().map(OneLine::of).toList();
  }

  private List<String> policyRemarks() {
    List<String> remarks = new ArrayList<>();
    if (!inputs.leftOut().isEmpty()) {
      remarks.add(
          text(
              "without %s: the images are grey, which %s not change",
              String.join(", ", inputs.leftOut()),
              inputs.leftOut().size() == 1 ? "it does" : "they do"));
    }
    if (learnsPolicy() && validationImages() < LearningFindings.FEWEST_VALIDATION_IMAGES) {
      remarks.add(
          text(
              "learned from %s: with so few, --augment random was as good wherever it was tried",
              count(validationImages(), "validation image")));
    }
    return remarks;
  }

  private List<String> computationRemarks() {
    List<String> remarks = new ArrayList<>();
    if (options.run().device().equals("cpu") && !TorchRuntime.usesOneDnn()) {
      remarks.add("by slower convolutions: those of oneDNN are wrong on this machine");
    }
    inputs.computation().remark().ifPresent(remarks::add);
    return remarks;
  }

  private int validationImages() {
    return inputs.used().validation().orElseThrow().size();
  }

  private boolean learnsPolicy() {
    return inputs.augmenter().learns() && options.policyLearning().movesPolicy();
  }

  private static void addIndented(List<String> remarks, List<String> lines) {
    remarks.forEach(remark -> lines.add("        " + remark));
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
