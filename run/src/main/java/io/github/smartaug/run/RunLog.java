package io.github.smartaug.run;

import io.github.smartaug.input.JsonField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code log.jsonl} of a run, which may still be going on.
 *
 * @param entries one per epoch, in order
 */
public record RunLog(List<LogEntry> entries) {
  /** Copies the list. */
  public RunLog {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line is wrong; the message names
   *     file, line and field
   */
  public static RunLog read(Path file) {
    List<LogEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) RunJson.text(file).lines()::iterator) {
      number++;
      entries.add(LogEntry.read(JsonField.parse(line, file + ", line " + number)));
    }
    return new RunLog(entries);
  }
}
