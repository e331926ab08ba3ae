package io.github.smartaug.cli.benchmark;

import io.github.smartaug.run.benchmark.Arm;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells a user of every run that ended. */
final class Announcer implements Consumer<RunOutcome> {
  private final PrintStream out;
  private final int runs;
  private int ended;

  Announcer(PrintStream out, int runs) {
    this.out = out;
    this.runs = runs;
  }

  /** Says what is compared. */
  void begin(List<Arm> arms, List<Long> seeds, OptionalInt folds, int parallel, Path folder) {
    out.println("arms    " + arms.stream().map(Arm::name).collect(Collectors.joining(", ")));
    folds.ifPresent(count -> out.println("folds   " + count + ", each with a seed"));
    out.println("seeds   " + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    out.println("runs    " + runs + ", " + parallel + " at a time, into " + folder);
  }

  @Override
  public void accept(RunOutcome outcome) {
    ended++;
    out.println("[" + ended + "/" + runs + "] " + outcome.run() + ": " + outcome.words());
  }
}
