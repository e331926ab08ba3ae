package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Pages name only what there is, and their commands work. */
class DocumentationTest {
  /** Names of earlier versions stand there. */
  private static final String HISTORY = "CHANGELOG.md";

  @TempDir Path folder;

  @Test
  void types_members_options_files_links_and_commands_that_do_not_exist_are_reported() {
    String page =
        """
        `TensorScope`, `new Unrolled()`, `TransformSet.read`, [a page](README.md), `--augment none`,
        `bench/run`, `--batch 64`, `smartaug train
        --epochs 2`, and `NoSuchPolicy`, `new NoSuchEstimator(1)`, `TransformSet.noSuchMember`,
        [another](docs/no-such-page.md), [a part](README.md#platforms), [no part](README.md#no-such-part), `--no-such-option`, `--precision float32|float16`,
        `docs/no-such-file.txt`.

        | there | here |
        |---|---|
        | `TheirType` | `NoSuchType` |

        ```
        ./smartaug info                   # works
        ./smartaug train --no-such 3      # does not
        ./smartaug trian
        ```

        ```sh
        ./smartaug infos
        ```

        ```java
        smartaug trian
        ```

        ```cobol
        STOP RUN.
        ```
        """;
    assertThat(String.join("\n", new PageCheck().problems(page, ProjectFiles.ROOT)))
        .matches(
            """
            no type NoSuchPolicy
            no type NoSuchEstimator
            no member TransformSet.noSuchMember
            no type NoSuchType
            no option --no-such-option
            smartaug train --precision float16: .*
            no file docs/no-such-file.txt
            smartaug train --no-such 3: .*
            smartaug trian: .*
            smartaug infos: .*
            nothing checks blocks of cobol
            in no example: smartaug trian
            no file docs/no-such-page.md
            no heading README.md#no-such-part""");
  }

  @Test
  void what_the_pages_name_exists() {
    PageCheck check = new PageCheck();
    for (Path page : ProjectFiles.pages()) {
      if (!page.endsWith(HISTORY)) {
        assertThat(check.problems(ProjectFiles.text(page), page.getParent()))
            .as("%s", page)
            .isEmpty();
      }
    }
  }

  @Test
  void a_pom_on_a_page_is_whole_and_asks_for_this_version() throws Exception {
    List<String> poms = blocks("xml");
    assertThat(poms).isNotEmpty();
    for (String pom : poms) {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(pom)));
      Element dependency = (Element) document.getElementsByTagName("dependency").item(0);
      assertThat(
              ProjectFiles.ROOT.resolve(child(dependency, "artifactId").replace("smartaug-", "")))
          .isDirectory();
      assertThat(ProjectFiles.text(ProjectFiles.ROOT.resolve("pom.xml")))
          .contains("<version>" + child(dependency, "version") + "</version>");
    }
  }

  private static String child(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }

  @Test
  void python_on_pages_compiles() throws IOException, InterruptedException {
    Path python = Path.of(System.getenv().getOrDefault("SMARTAUG_PYTHON", "/usr/bin/python3"));
    assumeTrue(Files.isExecutable(python), "no Python");
    List<String> programs = blocks("python");
    assertThat(programs).hasSizeGreaterThanOrEqualTo(4);
    for (String program : programs) {
      Path file = Files.writeString(folder.resolve("page.py"), program);
      Process process =
          new ProcessBuilder(python.toString(), "-m", "py_compile", file.toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s%s", program, output).isZero();
    }
  }

  private static List<String> blocks(String language) {
    return ProjectFiles.pages().stream()
        .flatMap(page -> Pages.read(ProjectFiles.text(page)).in(language).stream())
        .toList();
  }

  @Test
  void short_commands_of_pages_run() {
    Pictures.write(folder.resolve("photo.jpg"), Pictures.colour(40, 30));
    List<String> commands =
        ProjectFiles.pages().stream()
            .filter(page -> !page.endsWith(HISTORY))
            .flatMap(page -> Pages.read(ProjectFiles.text(page)).commands().stream())
            .filter(DocumentationTest::isShort)
            .distinct()
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
    for (String command : commands) {
      Result result =
          InProcess.run(Arrays.stream(command.split(" +", -1)).map(this::inFolder).toArray());
      assertThat(result.exitCode()).as("%s: %s", command, result.err()).isZero();
    }
  }

  private static boolean isShort(String command) {
    return command.equals("info")
        || command.equals("models")
        || command.equals("datasets list")
        || command.endsWith("--help")
        || command.startsWith("apply --transform")
        || command.startsWith("preview photo");
  }

  private Object inFolder(String word) {
    return word.matches(".*\\.(jpg|png)") ? folder.resolve(word) : word;
  }
}
