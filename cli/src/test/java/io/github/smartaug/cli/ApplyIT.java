package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyIT {
  @TempDir Path folder;

  @Test
  void bad_files_are_named_the_others_are_written_and_the_exit_code_is_1() throws IOException {
    Pictures.write(folder.resolve("in/b/good.png"), Pictures.colour(8, 6));
    Files.writeString(folder.resolve("in/bad.png"), "not a png");

    SmartAugProcess.Result result =
        SmartAugProcess.run(folder, "apply", "--transform", "flip-x", "in", "out");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .containsExactly(
            "smartaug: skipped: in/bad.png: cannot be read (unknown format), allowed: a whole PNG,"
                + " JPEG, BMP, GIF, TIFF or WebP image",
            "smartaug: 1 file was skipped, as said above (--skip-bad makes that no failure)");
    assertThat(result.out()).singleElement().asString().startsWith("1 of 2 images written to out");
    assertThat(folder.resolve("out/b/good.png")).exists();
  }

  @Test
  void ctrl_c_ends_a_long_job_with_130_and_leaves_whole_files_only() throws Exception {
    Path first = Pictures.write(folder.resolve("in/0000.png"), Pictures.colour(400, 400));
    for (int i = 1; i < 2000; i++) {
      Files.createLink(folder.resolve(String.format("in/%04d.png", i)), first);
    }
    try (SmartAugProcess process =
        SmartAugProcess.start(
            folder, "apply", "--transform", "rotate", "--value", "30", "in", "out")) {
      while (!Files.exists(folder.resolve("out/0003.png"))) {
        Thread.sleep(20);
      }
      process.interrupt();
      SmartAugProcess.Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.err())
          .containsExactly(
              "smartaug: stopping after the images that are being worked on; Ctrl-C again stops"
                  + " now (what is written stays)",
              "smartaug: interrupted: what is written stays; run it again with --force");
    }
    List<Path> written = files(folder.resolve("out"));
    assertThat(written).hasSizeBetween(4, 1999);
    assertThat(written).allSatisfy(file -> assertThat(file.toString()).endsWith(".png"));
    BufferedImage last = Pictures.read(written.get(written.size() - 1));
    assertThat(last.getWidth()).isEqualTo(400);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.sorted().toList();
    }
  }
}
