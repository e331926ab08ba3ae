package io.github.smartaug.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.benchmark.Arm;
import io.github.smartaug.run.benchmark.ArmKind;
import io.github.smartaug.run.benchmark.ArmResult;
import io.github.smartaug.run.benchmark.ArmRun;
import io.github.smartaug.run.benchmark.BenchmarkResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The table and the page of a comparison, on made-up numbers. */
class BenchmarkPageTest {
  @TempDir Path folder;

  private static ArmResult arm(
      String name, ArmKind kind, double seconds, double search, double... points) {
    return new ArmResult(
        new Arm(name, kind, Map.of("augment", "<" + name + ">")),
        IntStream.range(0, points.length)
            .mapToObj(s -> new ArmRun(s, points[s] / 100, points[s] / 100, 1, seconds, 300L << 20))
            .toList(),
        points.length < 3 ? Map.of(2L, name + "/seed-2: loss became NaN") : Map.of(),
        search);
  }

  private static final BenchmarkResult RESULT =
      new BenchmarkResult(
          "smartaug benchmark --out <here>",
          Map.of("epochs", "3"),
          List.of(0L, 1L, 2L),
          2,
          List.of(
              arm("none", ArmKind.PLAIN, 10, 0, 60, 61, 62),
              arm("random", ArmKind.RANDOM, 15, 90, 70, 72, 74),
              arm("learned", ArmKind.LEARNED, 18, 0, 71, 73.2, 74.8),
              arm("broken", ArmKind.LEARNED, 20, 0, 50)),
          Map.of("length-1-magnitude-0.5", new ArmRun(9, 0.7, 0.7, 1, 90, 1)));

  /** Differences 1, 1.2, 0.8: deviation 0.2, t(2) 4.303, half width 0.497. */
  @Test
  void the_table_has_a_row_per_arm_with_all_that_was_asked_for() {
    assertThat(BenchmarkTable.lines(RESULT))
        .containsExactly(
            "arm      seeds  test accuracy (%)  minus random (95 %)  seconds  times plain  search"
                + " (s)  memory (MB)",
            "none         3      61.00 +- 1.00       -11.00 +- 2.48     10.0         1.00         "
                + "  -          300",
            "random       3      72.00 +- 2.00                    -     15.0         1.50        "
                + "90.0          300",
            "learned      3      73.00 +- 1.91        +1.00 +- 0.50     18.0         1.80         "
                + "  -          300",
            "broken       1              50.00               -20.00     20.0         2.00         "
                + "  -          300");
  }

  @Test
  void the_page_says_the_verdict_first_and_every_seed_and_needs_nothing_else() throws IOException {
    String page = page();
    assertThat(page)
        .contains(
            "<h1>Learning added 1.0 ± 0.5 points over the best random policy (random), at 1.2"
                + " times its time (0.2 times with the search for its options).</h1>")
        .contains("<td>seed 2</td><td>62.00</td><td>74.00</td><td>74.80</td><td>failed</td>")
        .contains("failed: broken/seed-2: loss became NaN")
        .contains("smartaug benchmark --out &lt;here&gt;", "--augment &lt;learned&gt;")
        .contains("2 runs shared the cores")
        .contains("length-1-magnitude-0.5")
        .doesNotContain("http", "<script", "<here>");
  }

  @Test
  void the_picture_has_a_dot_per_run_in_its_place() throws Exception {
    String page = page();
    String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    double[] x =
        IntStream.range(0, 10)
            .mapToDouble(
                i ->
                    Double.parseDouble(
                        picture
                            .getElementsByTagName("circle")
                            .item(i)
                            .getAttributes()
                            .getNamedItem("cx")
                            .getNodeValue()))
            .toArray();
    assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(10);
    // 60, 61, 62 and 70, 72, 74: in proportion.
    assertThat((x[3] - x[0]) / (x[2] - x[0])).isBetween(4.95, 5.05);
    assertThat(x[9]).isLessThan(x[0]).isGreaterThan(150);
    assertThat(x[8]).isLessThan(776);
  }

  private String page() throws IOException {
    Path file = folder.resolve("page.html");
    BenchmarkPage.write(file, RESULT);
    return Files.readString(file);
  }
}
