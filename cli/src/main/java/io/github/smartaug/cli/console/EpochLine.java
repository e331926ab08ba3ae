package io.github.smartaug.cli.console;

import io.github.smartaug.train.EpochReport;
import java.util.Locale;

/** An epoch as a line of text. */
final class EpochLine {
  private EpochLine() {}

  static String of(EpochReport report, double secondsLeft) {
    int width = Integer.toString(report.epochs()).length();
    String line =
        String.format(
            Locale.ROOT,
            "epoch %" + width + "d/%d  train loss %.4f%s  %s",
            report.epoch(),
            report.epochs(),
            report.trainLoss(),
            validation(report),
            Durations.text(report.seconds()));
    return report.epoch() < report.epochs() ? line + "  left " + Durations.text(secondsLeft) : line;
  }

  /** A refit has no validation images. */
  private static String validation(EpochReport report) {
    return Double.isNaN(report.validationAccuracy())
        ? ""
        : String.format(
            Locale.ROOT,
            "  validation loss %.4f  validation accuracy %5.2f %%",
            report.validationLoss(),
            100 * report.validationAccuracy());
  }
}
