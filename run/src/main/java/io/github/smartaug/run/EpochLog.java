package io.github.smartaug.run;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/**
 * Appends a line to {@code log.jsonl} after every epoch. A line is written whole and at once, so
 * that the log is intact whenever the process ends. A run that goes on writes the lines of the
 * epochs before it anew: an epoch that was logged and then lost has one line in the end.
 */
public final class EpochLog implements TrainingListener {
  private final Path file;

  /** Writes that file. */
  public EpochLog(Path file) {
    this.file = file;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    String lines = plan.finished().stream().map(EpochLog::line).collect(Collectors.joining());
    try {
      AtomicFile.write(file, lines);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void epochFinished(EpochReport report) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(line(report));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        channel.position(end);
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.force(true);
      } catch (IOException e) {
        // A disk that is full may have taken half of the line.
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static String line(EpochReport report) {
    return RunJson.line(LogEntry.of(report)) + "\n";
  }

  private UncheckedIOException failure(IOException e) {
    return new UncheckedIOException(
        file + ": the log cannot be written: " + FileFailure.reason(e), e);
  }
}
