package io.github.smartaug.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Trains every model of a folder for a moment, in a process that libtorch may end. */
public final class HostileModels {
  private HostileModels() {}

  /** The last line that is printed names the model that ended the process. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<Path> models;
    try (Stream<Path> files = Files.list(folder)) {
      models = files.sorted().toList();
    }
    StringBuilder faults = new StringBuilder();
    for (Path model : models) {
      System.out.println(model.getFileName());
      Path own = Files.createDirectory(Path.of(model + ".d"));
      try {
        Ordeal.assertAllEndWell(List.of(training(model, own)));
      } catch (AssertionError e) {
        faults.append(e.getMessage()).append('\n');
      }
    }
    System.out.println(faults.isEmpty() ? "all end well" : faults);
    System.exit(faults.isEmpty() ? 0 : 3);
  }

  private static HostileCase training(Path model, Path own) {
    return HostileCase.of(
        model.getFileName().toString(),
        own,
        "train",
        "--model",
        model,
        "--out",
        own.resolve("run"),
        "--threads",
        "1",
        "--epochs",
        "1",
        "--limit-train",
        "40",
        "--limit-test",
        "10",
        "--batch-size",
        "16",
        "--length",
        "1",
        "--inner-steps",
        "1",
        "--augment",
        "none");
  }
}
