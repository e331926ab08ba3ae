package io.github.smartaug.cli;

import io.github.smartaug.cli.datasets.FetchRun;
import io.github.smartaug.cli.options.FetchOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug datasets fetch}. */
@Command(
    name = "fetch",
    description = {
      "Downloads a published data set from its makers, and compares it with its checksums.",
      "",
      "The folder appears when all of it is there. Until then, files are in FOLDER.download; after"
          + " an interruption the same command goes on with them. Connections are made as Java"
          + " makes them, also through the proxy in its property https.proxyHost."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug datasets list",
      "  smartaug datasets fetch cifar-10",
      "  smartaug train --dataset datasets/cifar-10 --model resnet18-3x3"
    })
final class FetchDatasetCommand implements Callable<Integer> {
  @Mixin private final FetchOptions options = new FetchOptions();

  @Override
  public Integer call() throws IOException {
    options.check();
    new FetchRun(options).execute(System.out, System.err);
    return 0;
  }
}
