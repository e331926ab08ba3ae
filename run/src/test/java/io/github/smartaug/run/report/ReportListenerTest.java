package io.github.smartaug.run.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.EpochReports;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportListenerTest {
  @TempDir private Path folder;
  private RunFolder run;
  private ReportListener listener;

  @BeforeEach
  void write() throws IOException {
    run = new MadeUpRun(1, 9, 3, 4, false).write(folder);
    listener = new ReportListener(run);
  }

  @Test
  void a_run_can_be_looked_at_while_it_goes_on_and_after_it() {
    listener.epochFinished(EpochReports.learned(1, 9));
    assertThat(run.file(RunFile.REPORT)).content().contains("\"state\":\"running\"");

    listener.ended();
    assertThat(run.file(RunFile.REPORT)).content().contains("\"state\":\"ended\"");
  }

  @Test
  void epochs_that_take_no_time_do_not_all_write_it() throws IOException {
    listener.epochFinished(EpochReports.learned(1, 9));
    Files.delete(run.file(RunFile.REPORT));
    listener.epochFinished(EpochReports.learned(2, 9));

    assertThat(run.file(RunFile.REPORT)).doesNotExist();
  }

  @Test
  void a_page_that_cannot_be_written_ends_nothing() throws IOException {
    Files.createDirectories(run.file(RunFile.REPORT).resolve("a folder where the page should be"));

    listener.epochFinished(EpochReports.learned(1, 9));
    listener.ended();

    assertThat(run.file(RunFile.REPORT)).isDirectory();
  }
}
