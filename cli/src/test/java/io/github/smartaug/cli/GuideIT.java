package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README, then those of the guide, one after another, as a reader would. */
class GuideIT {
  private static final List<String> READ = List.of("README.md", "docs/guide.md");

  /** Whatever the pages say, trainings are small. */
  private static final Map<String, String> SMALL =
      Map.of(
          "--epochs", "1",
          "--image-size", "28",
          "--model", "lenet",
          "--arms", "none,learned");

  @TempDir Path folder;

  @Test
  void every_command_of_readme_and_the_guide_runs() {
    for (String category : List.of("photos/cat", "photos/dog")) {
      for (int i = 0; i < 20; i++) {
        int size = 24 + (category.endsWith("cat") ? i : 30 + i);
        Pictures.write(folder.resolve(category + "/" + i + ".png"), Pictures.colour(size, size));
      }
    }
    Pictures.write(folder.resolve("photo.jpg"), Pictures.colour(40, 30));
    Pictures.write(folder.resolve("new-photos/a.png"), Pictures.colour(20, 30));
    List<String> commands =
        READ.stream()
            .map(page -> ProjectFiles.text(ProjectFiles.ROOT.resolve(page)))
            .flatMap(page -> Pages.read(page).commands().stream())
            .distinct()
            .filter(GuideIT::endsHere)
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(14);

    for (String command : commands) {
      Result result = SmartAugProcess.run(folder, small(command).toArray(String[]::new));
      assertThat(result.exitCode()).as("%s: %s", command, result.message()).isZero();
    }

    for (String made :
        List.of(
            "runs/photos/report.html",
            "compared.html",
            "learned.png",
            "learned_policy.py",
            "transforms.png")) {
      assertThat(Files.exists(folder.resolve(made))).as(made).isTrue();
    }
  }

  /** A report is served until somebody ends it, and not every machine has a GPU. */
  private static boolean endsHere(String command) {
    return !command.startsWith("watch") && !command.contains("--device cuda");
  }

  private static List<String> small(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" +", -1)));
    for (int i = 1; i < words.size(); i++) {
      words.set(i, SMALL.getOrDefault(words.get(i - 1), words.get(i)));
    }
    boolean begins = words.get(0).equals("train") && !words.contains("--resume");
    if (begins && !words.contains("--epochs")) {
      words.addAll(List.of("--epochs", "1"));
    }
    if (begins && !words.contains("--dataset")) {
      words.addAll(List.of("--limit-train", "100", "--limit-test", "50"));
    }
    if (words.get(0).equals("benchmark")) {
      words.addAll(List.of("--seeds", "1"));
    }
    return words;
  }
}
