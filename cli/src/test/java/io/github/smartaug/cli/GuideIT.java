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

/** The commands of the guide, one after another, as somebody would who reads it. */
class GuideIT {
  private static final Path GUIDE = ProjectFiles.ROOT.resolve("docs/guide.md");

  /** Whatever the guide says, trainings are small. */
  private static final Map<String, String> SMALL =
      Map.of(
          "--epochs", "1",
          "--image-size", "28",
          "--model", "lenet",
          "--arms", "none,learned");

  @TempDir Path folder;

  @Test
  void every_command_of_the_guide_runs() {
    for (String category : List.of("photos/cat", "photos/dog")) {
      for (int i = 0; i < 20; i++) {
        int size = 24 + (category.endsWith("cat") ? i : 30 + i);
        Pictures.write(folder.resolve(category + "/" + i + ".png"), Pictures.colour(size, size));
      }
    }
    Pictures.write(folder.resolve("photo.jpg"), Pictures.colour(40, 30));
    Pictures.write(folder.resolve("new-photos/a.png"), Pictures.colour(20, 30));
    List<String> commands =
        Pages.read(ProjectFiles.text(GUIDE)).commands().stream().filter(GuideIT::ends).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(12);

    for (String command : commands) {
      Result result = SmartAugProcess.run(folder, small(command).toArray(String[]::new));
      assertThat(result.exitCode()).as("%s: %s", command, result.message()).isZero();
    }

    for (String made :
        List.of(
            "runs/photos/report.html", "compared.html", "learned_policy.py", "transforms.png")) {
      assertThat(Files.exists(folder.resolve(made))).as(made).isTrue();
    }
  }

  /** A report is served until somebody ends it. */
  private static boolean ends(String command) {
    return !command.startsWith("watch");
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
