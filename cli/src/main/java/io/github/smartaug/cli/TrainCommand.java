package io.github.smartaug.cli;

import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.cli.options.OptionNames;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.OutputOptions;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.cli.run.TrainingRun;
import io.github.smartaug.run.CommandText;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code smartaug train}. */
@Command(
    name = "train",
    description = {
      "Trains an image classifier and learns, in the same run, how to augment its training images.",
      "Without options it trains a LeNet on the Fashion-MNIST images that come with SmartAug, in"
          + " about two minutes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug train",
      "  smartaug train --augment none --seed 1              # no augmentation, to compare",
      "  smartaug train --augment random --magnitude 0.7     # RandAugment, to compare",
      "  smartaug train --augment runs/photos                # with the policy that a run learned",
      "  smartaug train --optimizer adamw --learn lr,weight-decay",
      "  smartaug train --dataset cifar-10-batches-bin --model resnet18 --batch-size 128",
      "  smartaug train --dataset photos --image-size 64 --inner-steps 5 --out runs/photos",
      "  smartaug train --model network.pt                   # a TorchScript model from Python",
      "  smartaug train --model runs/photos                  # begins with the model of a run",
      "  smartaug train --dataset photos --model resnet18 --pretrained resnet18.pth --freeze"
          + " all-but-head",
      "  smartaug train --resume --out runs/photos           # after an interruption",
      "  smartaug train --config runs/photos/config.json     # the same run again"
    })
final class TrainCommand implements Callable<Integer> {
  /** What may differ when a run goes on, because it does not change what comes out. */
  private static final Set<String> FREE_ON_RESUME =
      Set.of("out", "resume", "checkpoint-minutes", "in-memory", "loader-threads", "prefetch");

  private static final Set<String> NEW_RUNS_ONLY = Set.of("force", "config");

  private static final String HELP_ALL = "--help-all";

  /** What most people need; all others are for who knows what they are. */
  private static final List<String> ESSENTIAL =
      List.of(
          "--dataset",
          "--image-size",
          "--model",
          "--augment",
          "--transforms",
          "--epochs",
          "--batch-size",
          "--lr",
          "--seed",
          "--device",
          "--out",
          "--resume");

  @Spec private CommandSpec spec;

  // Not marked as help: of such options, a command may have one.
  @Option(names = HELP_ALL, description = "Show all options and exit.")
  private boolean helpAll;

  @Mixin(name = "train")
  private final TrainOptions options = new TrainOptions();

  /** Not among the options of a run, which is the same however much is said of it. */
  @Mixin(name = "What is printed")
  private final OutputOptions output = new OutputOptions();

  /** How options are shown. */
  static GroupedOptions help() {
    return new GroupedOptions(ESSENTIAL, HELP_ALL);
  }

  @Override
  public Integer call() throws IOException {
    if (helpAll) {
      CommandLine command = spec.commandLine();
      command.usage(command.getOut());
      return 0;
    }
    output.check();
    if (!options.run().resumes()) {
      begin(TrainingRun::begin);
    } else if (options.run().out().map(RunFolder::isUnsaved).orElse(false)) {
      requireNoNewRun();
      begin(TrainingRun::beginUnsaved);
    } else {
      resume();
    }
    return 0;
  }

  private void begin(BiFunction<TrainOptions, RunOrigin, TrainingRun> begin) throws IOException {
    Optional<Path> file = options.run().config();
    OptionValues values = given();
    if (file.isPresent()) {
      values = OptionValues.parse(RunConfig.readOptions(file.get()), file.get().toString());
      values.replaceBy(given(), givenNames());
    }
    check(values, file);
    if (file.isPresent()) {
      requireSameInputFiles(values.options(), file.get());
    }
    RunOrigin origin = new RunOrigin(Instant.now(), command(), ofNewRun(values));
    try (TrainingRun run = begin.apply(values.options(), origin)) {
      run.execute(System.out, output.style());
    }
  }

  /** A run that begins is the same whether it was to go on or not. */
  private static Map<String, Object> ofNewRun(OptionValues values) {
    Map<String, Object> all = new LinkedHashMap<>(values.all());
    all.put("resume", false);
    return all;
  }

  /** The files that are not given anew must be those of the earlier run. */
  private void requireSameInputFiles(TrainOptions now, Path file) {
    Map<String, Path> files = new HashMap<>(now.inputFiles());
    files.keySet().removeAll(givenNames());
    RunConfig.readInputFiles(file).requireUnchanged(files);
  }

  private void resume() throws IOException {
    RunFolder folder = earlierRun();
    if (folder.isFinished()) {
      TrainingRun.alreadyFinished(folder, System.out, output.style());
      return;
    }
    RunConfig run = folder.config();
    Path file = folder.file(RunFile.CONFIG);
    requireOfTheCommandLine(run, file);
    OptionValues values = OptionValues.parse(run.optionTexts(), file.toString());
    requireNoContradiction(inUse(values, run), file);
    check(values, Optional.of(file));
    values.replaceBy(given(), decidedNames());
    try (TrainingRun resumed = TrainingRun.resume(values.options(), run, values.all(), folder)) {
      resumed.execute(System.out, output.style());
    }
  }

  private RunFolder earlierRun() {
    Path path =
        options
            .run()
            .out()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--resume: no folder, allowed: with --out, the folder of the run"));
    RunFolder folder = named("--resume", () -> RunFolder.ofRun(path));
    return named(
        "--out",
        () -> {
          folder.requireWritable();
          return folder;
        });
  }

  private static RunFolder named(String option, Supplier<RunFolder> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /** What the command line says, and the preset that it names where it says nothing itself. */
  private OptionValues given() {
    OptionValues values = new OptionValues(options, spec.mixins().get("train"));
    values.options().preset().ifPresent(preset -> values.setUnless(typedNames(), preset));
    return values;
  }

  /** Names of the options that the command line decides. */
  private List<String> givenNames() {
    List<String> typed = typedNames();
    Set<String> names = new LinkedHashSet<>(typed);
    options.preset().ifPresent(preset -> names.addAll(preset.words().keySet()));
    return List.copyOf(names);
  }

  /** The same without those for which the run has made its choice. */
  private List<String> decidedNames() {
    Map<String, Object> values = given().all();
    return givenNames().stream()
        .filter(
            name ->
                !ComputationOptions.CHOSEN.contains(name)
                    || !ComputationOptions.FASTEST.equals(values.get(name)))
        .toList();
  }

  private List<String> typedNames() {
    ParseResult parsed = spec.commandLine().getParseResult();
    return spec.mixins().get("train").options().stream()
        .filter(parsed::hasMatchedOption)
        .map(OptionNames::inFiles)
        .toList();
  }

  /** Says from which file a wrong value is, unless it was given on the command line. */
  private void check(OptionValues values, Optional<Path> file) {
    try {
      values.options().check();
    } catch (IllegalArgumentException e) {
      boolean given =
          givenNames().stream().anyMatch(n -> e.getMessage().startsWith("--" + n + ":"));
      if (file.isEmpty() || given) {
        throw e;
      }
      values.checkRecorded(file.get().toString());
    }
  }

  /** Only the command line records all options of a run, those of this command among them. */
  private static void requireOfTheCommandLine(RunConfig run, Path file) {
    if (!run.options().containsKey("resume")) {
      throw new IllegalArgumentException(
          "--resume: " + file + ": written by a Java program, allowed: a run of smartaug train");
    }
  }

  private void requireNoContradiction(Map<String, Object> recorded, Path file) {
    requireNoNewRun();
    OptionValues values = given();
    Map<String, Object> given = new HashMap<>(values.all());
    given.putAll(values.options().inputPaths());
    for (String name : decidedNames()) {
      Object was = recorded.get(name);
      if (!FREE_ON_RESUME.contains(name) && !given.get(name).equals(was)) {
        throw new IllegalArgumentException(
            String.format("--%s: %s %s, in %s", name, given.get(name), differenceFrom(was), file));
      }
    }
  }

  private void requireNoNewRun() {
    for (String name : givenNames()) {
      if (NEW_RUNS_ONLY.contains(name)) {
        throw new IllegalArgumentException(
            "--" + name + ": begins a new run, allowed: without --resume");
      }
    }
  }

  private static String differenceFrom(Object recorded) {
    return recorded == null || recorded.equals(false)
        ? "is not an option of the run"
        : "differs from the run's own value " + recorded;
  }

  /** The recorded values, and what stood for those that were left out. */
  private static Map<String, Object> inUse(OptionValues values, RunConfig run) {
    Map<String, Object> inUse = new HashMap<>(values.options().optimizer().inUse());
    for (Map.Entry<String, Object> recorded : values.all().entrySet()) {
      if (recorded.getValue() != null) {
        inUse.put(recorded.getKey(), recorded.getValue());
      }
    }
    // Runs of earlier versions recorded paths as they were given.
    inUse.putAll(values.options().inputPaths());
    // Without --threads, the number was that of the machine.
    inUse.put("threads", run.platform().threads());
    return inUse;
  }

  private String command() {
    return "smartaug "
        + CommandText.words(spec.root().commandLine().getParseResult().originalArgs());
  }
}
