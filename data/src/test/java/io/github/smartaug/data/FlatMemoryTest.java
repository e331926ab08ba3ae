package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A set whose pixels take four times the memory that the process is given. */
@Timeout(120)
class FlatMemoryTest {
  private static final int HEAP_MEGABYTES = 40;
  private static final int SIDE = 256;
  private static final int IMAGES = 1 + 4 * HEAP_MEGABYTES * 1024 * 1024 / (3 * SIDE * SIDE);

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, (x << 16) | (y << 8) | ((x + y) / 2));
      }
    }
    byte[] content = TestData.encode("jpg", image);
    for (int i = 0; i < IMAGES; i++) {
      TestData.write(folder.resolve("train/" + i % 2 + "/" + i + ".jpg"), content);
    }
    TestData.write(folder.resolve("test/0/0.jpg"), content);
    TestData.write(folder.resolve("test/1/1.jpg"), content);
  }

  @Test
  void is_read_in_flat_memory() throws Exception {
    List<String> lines = read("auto", HEAP_MEGABYTES);

    assertThat(lines).hasSize(3).allMatch(line -> line.startsWith(IMAGES + " "));
    assertThat(megabytes(lines.get(1)) - megabytes(lines.get(0))).isLessThan(HEAP_MEGABYTES);
    // Past the first epoch, in which the heap fills and Java's compiler is at work.
    assertThat(megabytes(lines.get(2)) - megabytes(lines.get(1))).isLessThan(HEAP_MEGABYTES / 4);
  }

  @Test
  void is_refused_in_one_line_where_it_must_be_held() throws Exception {
    assertThat(read("always", HEAP_MEGABYTES))
        .singleElement()
        .asString()
        .matches(".*: its .*images, held in memory: .* memory.*, allowed: the .* of Java's heap");
  }

  private static int megabytes(String line) {
    return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
  }

  private static List<String> read(String inMemory, int heapMegabytes)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                // What Java itself takes late, as it collects and compiles, is taken at the start.
                "-Xms" + heapMegabytes + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // A heap that is nearly full can make Java warn of its collector on the output.
                "-Xlog:gc+alloc=off",
                "-cp",
                System.getProperty("java.class.path"),
                FlatMemory.class.getName(),
                folder.toString(),
                inMemory)
            .redirectErrorStream(true);
    // As the launchers have it: with more arenas it is chance how much memory each of them keeps.
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().filter(line -> !line.startsWith("SLF4J")).toList();
  }
}
