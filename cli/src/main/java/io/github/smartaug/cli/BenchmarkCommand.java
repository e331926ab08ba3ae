package io.github.smartaug.cli;

import io.github.smartaug.cli.benchmark.BenchmarkRun;
import io.github.smartaug.cli.options.BenchmarkOptions;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.TrainOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smartaug benchmark}. */
@Command(
    name = "benchmark",
    description = {
      "Trains in several ways, each with several seeds, and says in one sentence what learning the"
          + " policy added.",
      "Every run is an ordinary run folder within that of --out, which has to be given. The same"
          + " command goes on where it was interrupted; with more seeds or arms it runs what is"
          + " missing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug benchmark --out runs/compared",
      "  smartaug benchmark --arms none,random,learned --seeds 3 --epochs 5 --out runs/quick",
      "  smartaug benchmark --dataset turned --arms none,random,learned,oracle --out runs/turned"
    })
final class BenchmarkCommand implements Callable<Integer> {
  private static final String HELP_ALL = "--help-all";

  private static final List<String> ESSENTIAL =
      List.of(
          "--arms",
          "--arms-file",
          "--oracle",
          "--seeds",
          "--random-lengths",
          "--random-magnitudes",
          "--parallel",
          "--dataset",
          "--model",
          "--epochs",
          "--seed",
          "--out");

  @Spec private CommandSpec spec;

  @Option(
      names = HELP_ALL,
      description = "Show all options, those of training among them, and exit.")
  private boolean helpAll;

  @Mixin(name = "benchmark")
  private final BenchmarkOptions options = new BenchmarkOptions();

  @Mixin(name = "train")
  private final TrainOptions training = new TrainOptions();

  /** How options are shown. */
  static GroupedOptions help() {
    return new GroupedOptions(ESSENTIAL, HELP_ALL);
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    if (helpAll) {
      command.usage(command.getOut());
      return 0;
    }
    OptionValues values = new OptionValues(training, spec.mixins().get("train"));
    new BenchmarkRun(
            options.comparison(),
            training,
            values.given(command.getParseResult()),
            "smartaug "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()),
            Main.class.getName())
        .execute(System.out);
    return 0;
  }
}
