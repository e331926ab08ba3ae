package io.github.smartaug.run.report;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingListener;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code report.html} after every epoch of a run, so that it can be looked at meanwhile; of
 * epochs that take no second, after some of them. To be added after {@link
 * io.github.smartaug.run.RunWriter#begin}, whose files it reads. A page that cannot be written is
 * no reason to end a run: that is logged.
 */
public final class ReportListener implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReportListener.class);

  /** Nobody looks more often, and a page takes a moment. */
  private static final long SHORTEST_INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final RunFolder folder;
  private OptionalLong written = OptionalLong.empty();

  /** Writes into that folder. */
  public ReportListener(RunFolder folder) {
    this.folder = folder;
  }

  @Override
  public void epochFinished(EpochReport report) {
    long now = System.nanoTime();
    if (written.isEmpty() || now - written.getAsLong() >= SHORTEST_INTERVAL) {
      write(true);
      written = OptionalLong.of(System.nanoTime());
    }
  }

  /** Writes the page once more, when nothing more will come. */
  public void ended() {
    write(false);
  }

  private void write(boolean running) {
    try {
      RunReport.of(folder, running).write();
    } catch (IOException e) {
      LOG.warn("{}: no report: {}", folder.path(), FileFailure.reason(e));
    } catch (IllegalArgumentException e) {
      LOG.warn("no report: {}", e.getMessage());
    }
  }
}
