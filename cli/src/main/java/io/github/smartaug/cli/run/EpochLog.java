package io.github.smartaug.cli.run;

import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends a line to {@code log.jsonl} after every epoch. A line is written whole and at once, so
 * that the log is intact whenever the process ends.
 */
final class EpochLog implements TrainingListener, AutoCloseable {
  private final FileChannel channel;

  EpochLog(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
  }

  @Override
  public void epochFinished(EpochReport report) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(Json.line(LogEntry.of(report)) + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
