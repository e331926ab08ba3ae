package io.github.smartaug.cli.console;

import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.StepReport;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over the steps of each epoch, which its line replaces when it is finished. */
final class TerminalProgress implements Progress {
  private static final int WIDTH = 100;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private TrainingPlan plan;
  private TimeLeft timeLeft;
  private ProgressBar bar;
  private long epochStarted;
  private double lossSum;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void trainingStarted(TrainingPlan started) {
    plan = started;
    timeLeft = TimeLeft.of(started);
    epochStarted = System.nanoTime();
  }

  @Override
  public void stepFinished(StepReport report) {
    if (bar == null) {
      open(report.epoch());
    }
    lossSum += report.loss();
    double seconds = (System.nanoTime() - epochStarted) / 1e9;
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            "loss %.4f  left %s",
            lossSum / report.step(),
            Durations.text(timeLeft.within((double) report.step() / report.steps(), seconds))));
    bar.stepTo(report.step());
  }

  private void open(int epoch) {
    lossSum = 0;
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + epoch + "/" + plan.epochs())
            .setInitialMax(plan.stepsPerEpoch())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
  }

  @Override
  public void epochFinished(EpochReport report) {
    close();
    timeLeft.epochFinished(report.seconds());
    out.println(EpochLine.of(report, timeLeft.afterEpoch()));
    epochStarted = System.nanoTime();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      out.print(CLEAR_LINE);
    }
  }
}
