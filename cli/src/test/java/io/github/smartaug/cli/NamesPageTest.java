package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.options.NamedThings;
import io.github.smartaug.registry.Registered;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the registries hold, as a page and as help. */
class NamesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "names.md");

  private static final String HEAD =
      """
      # Names

      Everything that an option of the command line or a Java program finds by its name. This page is
      made from the registries: `mvn test -pl cli -am -Dtest=NamesPageTest -Dsmartaug.docs=write
      -Dsurefire.failIfNoSpecifiedTests=false` writes it anew.

      Each kind has an entry type and a class with `names()`, `entries()`, `named(name)`,
      `register(entry)` and `unregister(name)`. A jar on the class path adds an entry by one class that
      implements the entry type, and its name in `META-INF/services/ENTRY_TYPE`; help lists it, too.

      | kind | entry type | class |
      |---|---|---|
      | data sets | `io.github.smartaug.data.NamedDataset` | `Datasets` |
      | published data sets | `io.github.smartaug.data.published.PublishedDataset` | `PublishedDatasets` |
      | data formats | `io.github.smartaug.data.DatasetFormat` | `DatasetFormats` |
      | models | `io.github.smartaug.nn.ModelType` | `Models` |
      | transform sets | `io.github.smartaug.transform.TransformSetType` | `TransformSets` |
      | transforms | `io.github.smartaug.transform.TransformType` | `Transforms` |
      | policies | `io.github.smartaug.augment.PolicyType` | `Policies` |
      | optimizers | `io.github.smartaug.optim.OptimizerType` | `Optimizers` |
      | schedules | `io.github.smartaug.optim.ScheduleType` | `Schedules` |
      | hypergradient estimators | `io.github.smartaug.meta.EstimatorType` | `HypergradientEstimators` |
      """;

  private static String page() {
    return HEAD
        + NamedThings.all().stream().map(NamesPageTest::section).collect(Collectors.joining());
  }

  private static String section(NamedThings things) {
    String rows =
        things.entries().stream().map(NamesPageTest::row).collect(Collectors.joining("\n"));
    return "\n## %s (`%s`)\n\n| name | what it is |\n|---|---|\n%s\n"
        .formatted(things.title(), things.option(), rows);
  }

  private static String row(Registered entry) {
    String aliases =
        entry.aliases().isEmpty() ? "" : " (also `" + String.join("`, `", entry.aliases()) + "`)";
    return "| `%s`%s | %s |".formatted(NamedThings.text(entry), aliases, entry.description());
  }

  @Test
  void the_page_is_what_the_registries_say() throws IOException {
    if ("write".equals(System.getProperty("smartaug.docs"))) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).hasContent(page());
  }

  static Stream<Registered> entries() {
    return NamedThings.all().stream().flatMap(things -> things.entries().stream());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void every_description_is_a_few_words_on_one_line(Registered entry) {
    assertThat(entry.description()).isNotBlank().doesNotContain("\n", "|").doesNotEndWith(".");
    assertThat(entry.description().length()).as(entry.name()).isLessThan(150);
  }

  @Test
  void help_of_train_is_short_and_says_how_to_see_the_rest() {
    List<String> brief = InProcess.run("train", "--help").out();
    List<String> all = InProcess.run("train", "--help-all").out();

    assertThat(brief).hasSizeLessThan(80);
    assertThat(brief.stream().filter(line -> line.matches(" +(-\\w, )?--[a-z].*")))
        .hasSizeBetween(10, 17);
    assertThat(brief).anyMatch(line -> line.matches("All \\d+ .*: smartaug train --help-all"));
    assertThat(brief).anyMatch(line -> line.strip().startsWith("lenet, mlp, resnet18, resnet34,"));
    assertThat(String.join(" ", brief))
        .containsPattern("and +\\d+ +more +\\(see +smartaug +info\\)");
    assertThat(all).contains("Data and model:", "Learning the policy:", "The run:");
    assertThat(brief).doesNotContain("Learning the policy:");
  }

  @Test
  void help_fits_a_hundred_columns_and_leaves_no_variable_open() {
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertFits(InProcess.run(command, "--help").out());
    }
    assertFits(InProcess.run("train", "--help-all").out());
  }

  private static void assertFits(List<String> help) {
    assertThat(help)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100).doesNotContain("${"));
  }

  @Test
  void help_of_an_option_lists_what_it_takes() {
    String train = String.join("\n", InProcess.run("train", "--help-all").out());
    assertThat(train)
        .containsPattern("--model=.*\\n +lenet  ")
        .containsPattern("--transforms=.*\\n( +[^-].*\\n)* +inverse-scale-wide-cutout\\n")
        .containsPattern("--optimizer=.*\\n +sgd  ")
        .containsPattern("--scheduler=.*\\n( +[^-].*\\n)* +polynomial  ")
        .containsPattern("--hypergradient=.*\\n( +[^-].*\\n)* +truncated:J  ");
    assertThat(String.join("\n", InProcess.run("apply", "--help").out()))
        .containsPattern("--transform=.*\\n +identity  ");
  }

  @Test
  void the_shell_completes_names() {
    StringWriter out = new StringWriter();
    int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("completion");
    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains("complete -F _complete_smartaug")
        .contains("\"lenet\" \"mlp\" \"resnet18\"")
        .contains("\"sgd\" \"adam\"")
        .contains("\"unrolled\" \"checkpointed\" \"trial\" \"probe\" \"truncated\"");
  }
}
