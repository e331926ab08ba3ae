package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.input.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Runs hostile cases, one after the other in this process, and says which of them did not end as
 * every command has to: in time, with exit code 0, 1 or 2, with a few words for people, and with
 * nothing half-written.
 */
final class Ordeal {
  private static final long PATIENCE_SECONDS = 20;
  private static final int MOST_LINES = 8;
  private static final int LONGEST_LINE = 1500;

  /** The name of a class with its package, or of an exception, or a line of a stack trace. */
  private static final Pattern OF_PROGRAMMERS =
      Pattern.compile(
          "\\b(java|javax|com|org|sun|jdk|io)(\\.[a-z]\\w*)*\\.[A-Z]\\w*"
              + "|\\b[A-Z]\\w*(Exception|Error)\\b|^\\s+at |\\bat [\\w.$]+\\(\\w+\\.java"
              + "|\\bget[A-Z]\\w*\\(\\)|Input length = ");

  private Ordeal() {}

  /** Fails with a list of the cases that ended otherwise. */
  static void assertAllEndWell(List<HostileCase> cases) {
    List<String> faults = new ArrayList<>();
    ExecutorService runner = runner();
    try {
      for (HostileCase one : cases) {
        faults.addAll(faults(one, runner));
      }
    } catch (TimeoutException e) {
      faults.add(e.getMessage());
    } finally {
      runner.shutdownNow();
    }
    assertThat(String.join("\n", faults)).as("%d faults", faults.size()).isEmpty();
  }

  private static ExecutorService runner() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "hostile cases");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** After a case that hangs nothing can be said about the next ones. */
  private static List<String> faults(HostileCase one, ExecutorService runner)
      throws TimeoutException {
    Map<String, Long> before = FolderState.of(one.folder());
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream console = System.err;
    PrintStream out = System.out;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    Future<Result> result = runner.submit(() -> InProcess.run(one.arguments().toArray()));
    try {
      Result ended = result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return describe(one, ended, errors.toString(StandardCharsets.UTF_8), before);
    } catch (TimeoutException e) {
      throw new TimeoutException(shortened(one) + ": hangs");
    } catch (ExecutionException e) {
      return List.of(shortened(one) + ": stack trace of " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      // A case that hangs has not restored it.
      System.setOut(out);
      System.setErr(console);
    }
  }

  private static List<String> describe(
      HostileCase one, Result ended, String errors, Map<String, Long> before) {
    List<String> faults = new ArrayList<>();
    String text = ended.message() + errors;
    if (ended.exitCode() < 0 || ended.exitCode() > 2) {
      faults.add("exit code " + ended.exitCode());
    }
    if (ended.exitCode() != 0 && ended.err().isEmpty()) {
      faults.add("no message");
    }
    if (ended.err().size() > MOST_LINES || ended.err().stream().anyMatch(Ordeal::isTooLong)) {
      faults.add("message of " + ended.err().size() + " lines, " + text.length() + " characters");
    }
    if (OF_PROGRAMMERS.matcher(text).find()) {
      faults.add("words of programmers");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      faults.add("control characters");
    }
    faults.addAll(FolderState.halfWritten(before, FolderState.of(one.folder()), ended.exitCode()));
    return faults.stream()
        .map(fault -> shortened(one) + ": " + fault + ": " + Excerpt.of(text))
        .toList();
  }

  private static boolean isTooLong(String line) {
    return line.length() > LONGEST_LINE;
  }

  private static String shortened(HostileCase one) {
    return one.name() + " (" + Excerpt.of(String.join(" ", one.arguments())) + ")";
  }
}
