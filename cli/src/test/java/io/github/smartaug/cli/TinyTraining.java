package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A run of two epochs that takes no time, and its folder. */
final class TinyTraining {
  private TinyTraining() {}

  /** The arguments of the run. */
  static List<String> arguments(Path out) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--out", out.toString(), "--threads", "1"));
    arguments.addAll(List.of("--limit-train", "120", "--limit-test", "20", "--epochs", "2"));
    arguments.addAll(List.of("--batch-size", "32", "--length", "1", "--inner-steps", "2"));
    return arguments;
  }

  /**
   * The arguments of the run, but for some.
   *
   * @param words take the place of the options of their names; flags are at their end
   */
  static List<String> arguments(Path out, List<String> words) {
    List<String> arguments = arguments(out);
    for (String word : words) {
      int at = arguments.indexOf(word);
      if (word.startsWith("--") && at >= 0) {
        arguments.subList(at, at + 2).clear();
      }
    }
    arguments.addAll(words);
    return arguments;
  }

  /** Trains to the end. */
  static void train(Path out) {
    Result result = InProcess.run(arguments(out).toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  /** A copy of a finished run, as if it had been killed before it could write its result. */
  static Path interruptedCopy(Path finished, Path target) {
    copy(finished, target);
    try {
      Files.delete(target.resolve("result.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /** A copy of a folder. */
  static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checkpoints of a run, the last first. */
  static List<Path> checkpoints(Path run) {
    try (Stream<Path> entries = Files.list(run.resolve("checkpoint"))) {
      return entries.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts a file in half. */
  static void cutInHalf(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
