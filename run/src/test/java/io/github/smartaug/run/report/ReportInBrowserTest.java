package io.github.smartaug.run.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.comparison.ComparedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs Chromium; {@link RunReportTest} tests what can be tested without it. */
class ReportInBrowserTest {
  private static final MadeUpRun RUN = new MadeUpRun(5, 5, 3, 4, true);

  @TempDir private static Path profile;
  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    assumeTrue(Browser.installed().isPresent(), "Chromium is not installed");
    browser = Browser.start(Browser.installed().get(), profile);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void asOnADesk() throws InterruptedException {
    browser.show(1400, 900, false);
  }

  private void open(MadeUpRun run) throws IOException, InterruptedException {
    RunFolder written = run.write(folder);
    RunReport.of(written, false).write();
    browser.open(written.file(RunFile.REPORT).toUri().toString());
  }

  @Test
  void the_page_says_what_the_result_says() throws IOException, InterruptedException {
    open(RUN);
    RunResult result = RunResult.read(folder.resolve("result.json"));

    assertThat(browser.text("#test-accuracy .value")).isEqualTo(percent(result.testAccuracy()));
    assertThat(browser.text("#validation-accuracy .value"))
        .isEqualTo(percent(result.validationAccuracy()));
    assertThat(browser.text("#epochs .value")).isEqualTo("5 of 5");
    assertThat(browser.text("#learned .value")).isEqualTo("1 of 2");
    assertThat(browser.text("#confusion tbody tr:nth-child(1) td:nth-child(3)"))
        .isEqualTo(Long.toString(result.test().confusion()[0][1]));
    assertThat(browser.text("#classes tbody tr:nth-child(2) td:nth-child(5)"))
        .isEqualTo(
            String.format(Locale.ROOT, "%.1f %%", 100 * result.test().classes().get(1).f1()));
    assertThat(browser.evaluate("Chart.getChart('accuracies').data.datasets[1].data[4]").asDouble())
        .isEqualTo(100 * result.last().testAccuracy());
    assertThat(browser.evaluate("Chart.getChart('policy').data.labels[0]").textValue())
        .isEqualTo("T0");
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isEqualTo(1);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  @Test
  void nothing_is_asked_of_the_network_and_nothing_is_complained_of()
      throws IOException, InterruptedException {
    open(RUN);

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).hasSize(1).allMatch(address -> address.startsWith("file:"));
  }

  @Test
  void tables_are_sorted_by_a_click_and_details_open() throws IOException, InterruptedException {
    open(RUN);
    browser.click("#classes th:nth-child(5) button");
    String best = browser.text("#classes tbody tr:nth-child(1) td:nth-child(1)");
    browser.click("#classes th:nth-child(5) button");

    assertThat(best).isEqualTo("class 2");
    assertThat(browser.text("#classes tbody tr:nth-child(1) td:nth-child(1)")).isEqualTo("class 0");
    assertThat(browser.text("#classes th[aria-sort=ascending]")).isEqualTo("F1");
    browser.click("#options summary");
    assertThat(browser.evaluate("document.querySelector('#options').open").asBoolean()).isTrue();
    assertThat(browser.text("#all-options")).contains("--augmentlearned");
    browser.click("nav li:nth-child(4) a");
    assertThat(browser.evaluate("location.hash").textValue()).isEqualTo("#cost-part");
  }

  @Test
  void texts_of_the_run_are_texts_of_the_page() throws IOException, InterruptedException {
    open(RUN);

    assertThat(browser.text("#provenance")).contains("images in </script><b>photos");
  }

  @ParameterizedTest
  @CsvSource({
    "1,   1,   3,   4,  true",
    "300, 300, 3,   16, true",
    "5,   5,   200, 30, true",
    "1,   1,   1001, 4, true",
    "2,   2,   1,   2,  true",
    "3,   9,   3,   4,  false",
    "0,   9,   3,   4,  false",
    "5,   5,   10,  0,  true"
  })
  void every_kind_of_run_has_a_page_that_fits_and_is_complete(
      int epochs, int asked, int classes, int transforms, boolean finished)
      throws IOException, InterruptedException {
    MadeUpRun run = new MadeUpRun(epochs, asked, classes, transforms, finished);
    for (int width : new int[] {1400, 400}) {
      browser.show(width, 900, width == 400);
      open(run);

      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(browser.text("#state"))
          .startsWith(finished ? "Finished." : "Ended before its last epoch.");
      assertThat(browser.text("#epochs .value")).isEqualTo(epochs + " of " + asked);
      assertThat(browser.evaluate("document.getElementById('probabilities') !== null").asBoolean())
          .isEqualTo(transforms > 0 && epochs > 1);
      assertThat(browser.evaluate("document.getElementById('confusion') !== null").asBoolean())
          .isEqualTo(finished && classes <= 1000);
    }
  }

  @Test
  void runs_are_laid_over_each_other_in_a_comparison() throws IOException, InterruptedException {
    new MadeUpRun(3, 3, 3, 4, true).write(Files.createDirectory(folder.resolve("learned")));
    new MadeUpRun(5, 5, 3, 0, true).write(Files.createDirectory(folder.resolve("none")));
    Path page = folder.resolve("compared.html");
    ComparisonPage.write(page, ComparedRuns.read(List.of(folder)));
    browser.open(page.toUri().toString());

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.text("#groups tbody tr:nth-child(1) td:nth-child(3)")).isEqualTo("81.25");
    assertThat(browser.evaluate("Chart.getChart('accuracies').data.datasets.length").asInt())
        .isEqualTo(2);
    assertThat(browser.text("h1")).isEqualTo("2 runs compared");
    assertThat(
            browser.evaluate("document.querySelector('#groups').parentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(1400);
    assertThat(
            browser
                .evaluate("document.querySelector('#groups .swatch').style.background")
                .textValue())
        .isEqualTo(
            browser
                .evaluate(
                    "(() => { const s = document.createElement('i');"
                        + " s.style.background ="
                        + " Chart.getChart('accuracies').data.datasets[0].borderColor;"
                        + " return s.style.background; })()")
                .textValue());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(1400);
  }

  @Test
  void a_run_without_a_policy_says_so() throws IOException, InterruptedException {
    open(new MadeUpRun(5, 5, 10, 0, true));

    assertThat(browser.text("#learned-part")).contains("no policy");
  }
}
