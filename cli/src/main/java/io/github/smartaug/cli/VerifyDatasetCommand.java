package io.github.smartaug.cli;

import io.github.smartaug.cli.datasets.VerifyRun;
import io.github.smartaug.cli.options.VerifyOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug datasets verify}. */
@Command(
    name = "verify",
    description = {
      "Reads a data set of any format to its last pixel, and says what is wrong with it.",
      "",
      "Looks for images that cannot be read, images that are there twice (equal pixels), within a"
          + " set and between training, validation and test images, and shows the images of each"
          + " class and size. A published set is compared with what was published.",
      "",
      "Exit codes: 0, nothing is wrong; 1, images cannot be read, are not those that were"
          + " published, or are training images and validation or test images at once, or a class"
          + " has no training images; 2, it cannot be read as a data set."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug datasets verify datasets/cifar-10",
      "  smartaug datasets verify photos --json"
    })
final class VerifyDatasetCommand implements Callable<Integer> {
  @Mixin private final VerifyOptions options = new VerifyOptions();

  @Override
  public Integer call() throws IOException {
    options.check();
    return new VerifyRun(options).execute(System.out, System.err) ? 0 : Errors.FAILED;
  }
}
