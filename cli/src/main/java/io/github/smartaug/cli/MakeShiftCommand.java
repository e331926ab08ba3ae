package io.github.smartaug.cli;

import io.github.smartaug.cli.datasets.ShiftedDataset;
import io.github.smartaug.cli.options.ShiftOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug datasets make-shift}. */
@Command(
    name = "make-shift",
    description = {
      "Makes a data set of which it is known what a policy should learn: training images stay as"
          + " they are, validation and test images are changed by a hidden transform.",
      "",
      "shift.json says what was hidden; oracle.json is a policy that does just that, half of the"
          + " time."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug datasets make-shift fashion-mnist-mini turned --transform rotate --amount 30",
      "  smartaug train --dataset turned",
      "  smartaug train --dataset turned --augment turned/oracle.json"
    })
final class MakeShiftCommand implements Callable<Integer> {
  @Mixin private final ShiftOptions options = new ShiftOptions();

  @Override
  public Integer call() {
    new ShiftedDataset(options).write(System.out);
    return 0;
  }
}
