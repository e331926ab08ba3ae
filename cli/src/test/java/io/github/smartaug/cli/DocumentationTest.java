package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        [another](docs/no-such-page.md), `--no-such-option`, `--precision float32|float16`,
        `docs/no-such-file.txt`.

        ```
        ./smartaug info                   # works
        ./smartaug train --no-such 3      # does not
        ./smartaug trian
        ```

        ```java
        smartaug trian
        ```
        """;
    assertThat(String.join("\n", new PageCheck().problems(page, ProjectFiles.ROOT)))
        .matches(
            """
            no type NoSuchPolicy
            no type NoSuchEstimator
            no member TransformSet.noSuchMember
            no option --no-such-option
            smartaug train --precision float16: .*
            no file docs/no-such-file.txt
            smartaug train --no-such 3: .*
            smartaug trian: .*
            no file docs/no-such-page.md""");
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
  void short_commands_of_the_readme_run() {
    Pictures.write(folder.resolve("photo.jpg"), Pictures.colour(40, 30));
    List<String> commands =
        Pages.read(ProjectFiles.text(ProjectFiles.ROOT.resolve("README.md"))).commands().stream()
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
        || command.endsWith("--help")
        || command.startsWith("apply --transform")
        || command.startsWith("preview photo");
  }

  private Object inFolder(String word) {
    return word.matches(".*\\.(jpg|png)") ? folder.resolve(word) : word;
  }
}
