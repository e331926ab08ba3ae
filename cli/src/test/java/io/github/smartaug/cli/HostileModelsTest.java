package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TorchScript files that were damaged: in a process of their own, because libtorch reads them. */
class HostileModelsTest {
  @TempDir Path folder;
  private Path models;
  private Path original;

  @BeforeEach
  void makeModel() throws IOException {
    models = Files.createDirectory(folder.resolve("models"));
    original = ScriptedFile.write(folder.resolve("original.pt"), 1);
  }

  @Test
  void damaged_models_end_well() throws Exception {
    int number = 0;
    for (Map.Entry<String, byte[]> one : Damage.of(Files.readAllBytes(original), 41).entrySet()) {
      if (number++ % 2 == 0) {
        Files.write(models.resolve(number + ".pt"), one.getValue());
      }
    }
    endWell();
  }

  @Test
  void models_with_empty_cut_or_missing_entries_end_well() throws Exception {
    try (ZipFile zip = new ZipFile(original.toFile())) {
      for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
        String name = entry.getName().replace('/', '_');
        int size = (int) entry.getSize();
        rewrite(zip, entry, 0, models.resolve(name + "-empty.pt"));
        rewrite(zip, entry, size / 2, models.resolve(name + "-cut.pt"));
        rewrite(zip, entry, -1, models.resolve(name + "-missing.pt"));
      }
    }
    endWell();
  }

  /** A copy in which one entry has the first bytes only, or is not there. */
  private static void rewrite(ZipFile zip, ZipEntry changed, int length, Path target)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(0);
      for (ZipEntry entry : zip.stream().toList()) {
        boolean isChanged = entry.getName().equals(changed.getName());
        if (!isChanged || length >= 0) {
          byte[] content = zip.getInputStream(entry).readAllBytes();
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(content, 0, isChanged ? length : content.length);
        }
      }
    }
  }

  private void endWell() throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                HostileModels.class.getName(),
                models.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("in time").isTrue();
      String text = Files.readString(said);
      assertThat(process.exitValue()).as(text).isZero();
      assertThat(text).endsWith("all end well\n");
    } finally {
      process.destroyForcibly();
    }
  }
}
