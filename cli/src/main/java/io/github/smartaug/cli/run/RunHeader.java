package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.train.LearningFindings;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Says before the first step what is trained on what. */
final class RunHeader implements TrainingListener {
  private final PrintStream out;
  private final TrainOptions options;
  private final RunInputs inputs;
  private final Path folder;

  RunHeader(PrintStream out, TrainOptions options, RunInputs inputs, Path folder) {
    this.out = out;
    this.options = options;
    this.inputs = inputs;
    this.folder = folder;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    DatasetBundle used = inputs.used();
    line(
        "data    %s: %,d training, %,d validation, %,d test images %s, %d classes",
        used.name(),
        used.training().size(),
        used.validation().orElseThrow().size(),
        used.test().size(),
        used.shape(),
        used.classNames().size());
    used.notes().forEach(note -> line("        %s", OneLine.of(note)));
    int leftOut = used.training().size() - inputs.data().training().size();
    if (10 * leftOut > used.training().size()) {
      line(
          "        every epoch leaves out %,d of the %,d training images, which do not fill a batch"
              + " of %d",
          leftOut, used.training().size(), inputs.batchSize());
    }
    line("model   %s, %,d parameters", inputs.chosenModel().name(), plan.parameters());
    inputs.chosenModel().remarks().forEach(remark -> line("        %s", OneLine.of(remark)));
    line("policy  %s", inputs.augmenter().description());
    if (!inputs.leftOut().isEmpty()) {
      line(
          "        without %s: the images are grey, which %s not change",
          String.join(", ", inputs.leftOut()),
          inputs.leftOut().size() == 1 ? "it does" : "they do");
    }
    int validation = used.validation().orElseThrow().size();
    if (learnsPolicy() && validation < LearningFindings.FEWEST_VALIDATION_IMAGES) {
      line(
          "        learned from %s: with so few, --augment random was as good wherever it was tried",
          count(validation, "validation image"));
    }
    line(
        "run     %s of %s on %s, %s, into %s",
        count(plan.epochs(), "epoch"),
        count(plan.stepsPerEpoch(), "step"),
        options.run().device(),
        count(TorchRuntime.threads(), "thread"),
        folder);
    if (options.run().device().equals("cpu") && !TorchRuntime.usesOneDnn()) {
      line("        by slower convolutions: those of oneDNN are wrong on this machine");
    }
    inputs.computation().remark().ifPresent(remark -> line("        %s", remark));
    if (plan.resumed()) {
      line(
          "        resumed after %s and %s",
          count(plan.finished().size(), "epoch"), count(plan.stepsDone(), "step"));
    }
  }

  private boolean learnsPolicy() {
    return inputs.augmenter().learns() && options.policyLearning().movesPolicy();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
