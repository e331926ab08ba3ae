package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.options.ComparisonOptions;
import io.github.smartaug.cli.options.StandardArm;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.cli.run.Interruption;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunFolder.EarlierRun;
import io.github.smartaug.run.benchmark.Arm;
import io.github.smartaug.run.benchmark.ArmResult;
import io.github.smartaug.run.benchmark.ArmRun;
import io.github.smartaug.run.benchmark.BenchmarkResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

/**
 * A comparison from the command line: every arm with every seed, or on every fold of a
 * cross-validation, each an ordinary run in a folder of its own. Runs that are there are kept, and
 * gone on with.
 */
public final class BenchmarkRun {
  private static final String RANDOM = StandardArm.RANDOM.toString();

  /** What each run has of its own. */
  private static final List<String> OF_THE_ARMS =
      List.of("augment", "replay-schedule", "resume", "config", "force");

  private final ComparisonOptions comparison;
  private final Path folder;
  private final String command;
  private final Map<String, String> shared;
  private final List<Arm> arms;
  private final List<Long> seeds;

  /** Of a cross-validation: each has one of the seeds. */
  private final OptionalInt folds;

  private final Optional<RandomSearch> search;
  private final Processes processes;
  private final RunQueue queue;

  /**
   * Checks everything, and writes nothing.
   *
   * @param shared options of training that all arms share, by name
   * @param command as it was given, for the record
   * @param mainClass starts a run in a process of its own
   * @throws IllegalArgumentException if an option, a file or the folder is wrong
   */
  public BenchmarkRun(
      ComparisonOptions comparison,
      TrainOptions training,
      Map<String, String> shared,
      String command,
      String mainClass) {
    comparison.check();
    requireOfTraining(shared);
    this.comparison = comparison;
    this.command = command;
    this.shared = withThreads(shared, comparison.parallel());
    this.folder = folder(training);
    this.arms = new Arms(comparison, training, this.shared).all();
    long first = training.run().seed();
    this.folds = training.data().split().allFolds();
    int runs = folds.orElse(comparison.seeds());
    this.seeds = LongStream.range(first, first + runs).boxed().toList();
    this.search =
        comparison.arms().contains(RANDOM)
            ? Optional.of(
                new RandomSearch(
                    arms.get(comparison.arms().indexOf(RANDOM)),
                    comparison,
                    first,
                    folds.isPresent() ? PlannedRun.fold(1) : Map.of()))
            : Optional.empty();
    this.processes = new Processes(mainClass);
    this.queue = new RunQueue(folder, processes, comparison.parallel());
  }

  private static void requireOfTraining(Map<String, String> shared) {
    for (String option : OF_THE_ARMS) {
      if (shared.containsKey(option)) {
        throw new IllegalArgumentException(
            "--" + option + ": given for all arms, allowed: in --arms-file or smartaug train");
      }
    }
  }

  private static Map<String, String> withThreads(Map<String, String> shared, int parallel) {
    Map<String, String> options = new LinkedHashMap<>(shared);
    options.keySet().removeAll(List.of("out", "seed"));
    if (parallel > 1) {
      int cores = Runtime.getRuntime().availableProcessors();
      options.putIfAbsent("threads", Integer.toString(Math.max(1, cores / parallel)));
    }
    return options;
  }

  private static Path folder(TrainOptions training) {
    Path path =
        training
            .run()
            .out()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--out: missing, allowed: a new folder, or that of a benchmark to go on"
                            + " with"));
    if (!Files.isRegularFile(path.resolve(BenchmarkResult.FILE))) {
      try {
        RunFolder.check(path, EarlierRun.KEEP);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--out: " + e.getMessage(), e);
      }
    }
    return path;
  }

  /**
   * Runs what is not there yet, and says what came out.
   *
   * @throws CancellationException if the process was asked to end; the same command goes on
   * @throws RunFailedException if runs failed, or files cannot be written; the others are there
   */
  public void execute(PrintStream out) {
    BenchmarkResult result;
    try (Interruption interruption = Interruption.of(processes)) {
      Files.createDirectories(folder);
      result = run(out);
    } catch (CancellationException e) {
      CancellationException interrupted =
          new CancellationException(
              "interrupted: finished runs are in " + folder + "; to go on: the same command");
      interrupted.initCause(e);
      throw interrupted;
    } catch (IOException e) {
      throw new RunFailedException(folder + ": cannot be written: " + FileFailure.reason(e), e);
    }
    if (result.failures() > 0) {
      throw new RunFailedException(
          "%d of %d runs failed, such as %s"
              .formatted(result.failures(), arms.size() * seeds.size(), firstFailure(result)));
    }
  }

  private static String firstFailure(BenchmarkResult result) {
    return result.arms().stream()
        .flatMap(arm -> arm.failures().values().stream())
        .findFirst()
        .orElseThrow();
  }

  private BenchmarkResult run(PrintStream out) throws IOException {
    result(arms, List.of(), Map.of()).write(folder.resolve(BenchmarkResult.FILE));
    List<PlannedRun> searching = search.map(RandomSearch::runs).orElse(List.of());
    Announcer announcer = new Announcer(out, searching.size() + arms.size() * seeds.size());
    announcer.begin(arms, seeds, folds, comparison.parallel(), folder);

    Map<String, ArmRun> found = new LinkedHashMap<>();
    for (RunOutcome outcome : queue.run(searching, announcer)) {
      outcome.result().ifPresent(run -> found.put(RandomSearch.nameOf(outcome.run()), run));
    }
    List<Arm> chosen =
        arms.stream()
            .map(arm -> search.filter(s -> s.isFor(arm)).map(s -> s.best(found)).orElse(arm))
            .toList();
    List<PlannedRun> runs = new ArrayList<>();
    seeds.forEach(seed -> chosen.forEach(arm -> runs.add(planned(arm, seed))));
    BenchmarkResult result = result(chosen, queue.run(runs, announcer), found);
    result.write(folder.resolve(BenchmarkResult.FILE));
    Path page = folder.resolve(BenchmarkPage.FILE);
    BenchmarkPage.write(page, result);
    BenchmarkTable.lines(result).forEach(out::println);
    out.println(result.verdict().sentence());
    out.println("page " + page);
    return result;
  }

  private PlannedRun planned(Arm arm, long seed) {
    return folds.isPresent()
        ? PlannedRun.ofFold(arm, seed, 1 + seeds.indexOf(seed))
        : PlannedRun.of(arm, seed);
  }

  private BenchmarkResult result(
      List<Arm> chosen, List<RunOutcome> outcomes, Map<String, ArmRun> found) {
    double searchSeconds = found.values().stream().mapToDouble(ArmRun::seconds).sum();
    List<ArmResult> results = new ArrayList<>();
    for (Arm arm : chosen) {
      List<ArmRun> runs = new ArrayList<>();
      Map<Long, String> failures = new LinkedHashMap<>();
      for (RunOutcome outcome : outcomes) {
        if (outcome.run().arm().name().equals(arm.name())) {
          outcome
              .result()
              .ifPresentOrElse(
                  runs::add,
                  () -> failures.put(outcome.run().seed(), outcome.run() + ": " + outcome.words()));
        }
      }
      boolean searched = search.filter(s -> s.isFor(arm)).isPresent();
      results.add(new ArmResult(arm, runs, failures, searched ? searchSeconds : 0));
    }
    return new BenchmarkResult(command, shared, seeds, comparison.parallel(), results, found);
  }
}
