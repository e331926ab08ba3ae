package io.github.smartaug.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: {@code bench/run NAME [options]}. */
@Command(
    name = "bench/run",
    description = "Runs a benchmark and prints one JSON object per line.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      StepCost.class,
      PlainStep.class,
      ZooCost.class,
      PrecisionCost.class,
      FoldingCost.class,
      StageCost.class,
      TransformCost.class,
      LoaderCost.class,
      PolicySpeed.class,
      UnrollMemory.class,
      RecomputationCost.class
    })
public final class Main implements Runnable {
  private Main() {}

  @Override
  public void run() {
    commandLine().usage(System.out);
  }

  /** Runs and exits with picocli's exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setUsageHelpWidth(100);
  }
}
