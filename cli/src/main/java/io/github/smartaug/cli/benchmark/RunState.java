package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.options.ComputationOptions;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far a run of a comparison has come: what is there is kept, and gone on with. */
enum RunState {
  /** Nothing is there, or nothing to go on from. */
  NEW,
  /** It has a checkpoint. */
  BEGUN,
  /** It has a result. */
  FINISHED;

  /** Options for which data or policy choose where none is given: what they chose is recorded. */
  private static final Set<String> CHOSEN = Set.of("batch-size", "transforms");

  /** What may differ from one part of a comparison to the next. */
  private static final Set<String> FREE =
      Set.of("out", "force", "resume", "config", "threads", "checkpoint-minutes");

  /**
   * Of the run in a folder.
   *
   * @throws IllegalArgumentException if it is a run with other options
   */
  static RunState of(PlannedRun run, Path path) {
    if (!Files.isRegularFile(path.resolve(RunFile.CONFIG.path()))) {
      return NEW;
    }
    RunFolder folder = RunFolder.ofRun(path);
    requireSameOptions(run, folder);
    if (folder.isFinished()) {
      return FINISHED;
    }
    return folder.checkpoints().isEmpty() ? NEW : BEGUN;
  }

  private static void requireSameOptions(PlannedRun run, RunFolder folder) {
    Map<String, Object> recorded = folder.config().options();
    OptionValues values = OptionValues.parse(run.options(), run.folder());
    Map<String, Object> now = new LinkedHashMap<>(values.all());
    // As a run records them.
    now.putAll(values.options().inputPaths());
    now.forEach(
        (name, wanted) -> {
          boolean chosen = wanted == null ? CHOSEN.contains(name) : isMeasured(name, wanted);
          Object was = recorded.get(name);
          if (!FREE.contains(name)
              && !chosen
              && !String.valueOf(was).equals(String.valueOf(wanted))) {
            throw new IllegalArgumentException(
                "--out: %s: a run with --%s %s, allowed: %s as now, or another folder"
                    .formatted(folder.path(), name, was, wanted));
          }
        });
  }

  /** Whether the run chose by measuring, and recorded what. */
  private static boolean isMeasured(String name, Object wanted) {
    return ComputationOptions.CHOSEN.contains(name)
        && wanted.toString().equals(ComputationOptions.FASTEST);
  }

  /** Arguments of the command that brings a run from this state to its end. */
  List<String> arguments(PlannedRun run, Path path) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out=" + path));
    if (this == BEGUN) {
      arguments.add("--resume");
    } else {
      if (Files.exists(path)) {
        // What a run left that was ended before its first checkpoint is replaced.
        arguments.add("--force");
      }
      run.options().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    }
    return arguments;
  }
}
