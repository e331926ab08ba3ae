package io.github.smartaug.run.tensorboard;

import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingListener;
import io.github.smartaug.train.TrainingPlan;
import io.github.smartaug.train.TransformReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the event file of a run, which TensorBoard reads: scalars of every epoch ({@link
 * EpochReport#scalars}), how the policy's probabilities and magnitudes are distributed, and
 * pictures. Times are those of training, so that a run that goes on later has no gap; it writes the
 * epochs before it anew. A file that cannot be written is no reason to end a run: that is logged.
 */
public final class TensorBoardListener implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(TensorBoardListener.class);
  private static final double MILLISECONDS = 1000;

  private final Path file;
  private double seconds;
  private int epoch;

  /**
   * Writes that file.
   *
   * @param started when the run began
   */
  public TensorBoardListener(Path file, Instant started) {
    this.file = file;
    this.seconds = started.toEpochMilli() / MILLISECONDS;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(Event.first(seconds));
    plan.finished().forEach(report -> events.writeBytes(next(report)));
    logged(
        () -> {
          Files.createDirectories(file.toAbsolutePath().getParent());
          AtomicFile.write(file, out -> events.writeTo(out));
        });
  }

  @Override
  public void epochFinished(EpochReport report) {
    append(next(report));
  }

  private byte[] next(EpochReport report) {
    seconds += report.seconds();
    epoch = report.epoch();
    Event event = Event.at(seconds, epoch);
    report.scalars().forEach(event::scalar);
    if (!report.policy().isEmpty()) {
      event.histogram("policy/probabilities", values(report, TransformReport::probability));
      event.histogram("policy/magnitudes", values(report, TransformReport::magnitude));
    }
    return event.toBytes();
  }

  private static double[] values(
      EpochReport report, ToDoubleFunction<TransformReport> ofTransform) {
    return report.policy().stream().mapToDouble(ofTransform).toArray();
  }

  /**
   * Adds pictures after the last epoch.
   *
   * @param pngs files; those that are not there are passed over
   */
  public void pictures(List<Path> pngs) {
    for (Path png : pngs.stream().filter(Files::exists).toList()) {
      logged(() -> append(picture(png)));
    }
  }

  private byte[] picture(Path png) throws IOException {
    byte[] bytes = Files.readAllBytes(png);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      try {
        reader.setInput(in);
        String name = png.getFileName().toString().replaceFirst("\\.png$", "");
        return Event.at(seconds, epoch)
            .image("images/" + name, reader.getWidth(0), reader.getHeight(0), bytes)
            .toBytes();
      } finally {
        reader.dispose();
      }
    }
  }

  private void append(byte[] event) {
    logged(() -> Files.write(file, event, StandardOpenOption.APPEND));
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void logged(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      LOG.warn("{}: {}", file, FileFailure.reason(e));
    } catch (UncheckedIOException e) {
      LOG.warn("{}: {}", file, FileFailure.reason(e.getCause()));
    }
  }
}
