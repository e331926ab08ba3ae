package io.github.smartaug.run.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.run.LogEntry;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.comparison.ComparedRun.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads runs to compare: folders of runs, folders that hold such folders at any depth (as {@code
 * benchmark} makes them), and result files of the ancestor.
 */
public final class ComparedRuns {
  /** Options by which a run does not become another: where, how fast, which seed. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "seed",
          "out",
          "fold",
          "split",
          "threads",
          "device",
          "force",
          "config",
          "resume",
          "checkpoint-minutes",
          "in-memory",
          "loader-threads",
          "prefetch",
          "memory-format");

  private static final Pattern NUMBERED = Pattern.compile("(.*)-(\\d+)\\.json");

  /** Python writes NaN where there is no number, which is not JSON. */
  private static final JsonMapper PYTHON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final int DEPTH = 4;
  private static final double PERCENT = 100;

  private final List<ComparedRun> runs = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private ComparedRuns() {}

  /**
   * Reads and compares.
   *
   * @throws IllegalArgumentException if a path leads to no run, or a file is damaged; the message
   *     names it
   */
  public static RunComparison read(List<Path> paths) {
    ComparedRuns reading = new ComparedRuns();
    paths.forEach(reading::add);
    if (reading.runs.isEmpty()) {
      throw new IllegalArgumentException(
          reading.leftOut.get(0) + ", allowed: at least one finished run");
    }
    return RunComparison.of(reading.runs, reading.leftOut);
  }

  private void add(Path path) {
    if (Files.isRegularFile(path)) {
      runs.add(ancestor(path));
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          path
              + ": no such file, allowed: the folder of a run, one with such folders, or a result"
              + " file of smart_augmentation");
    }
    List<Path> folders = runFolders(path);
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          path + ": holds no run of SmartAug, " + RunFile.CONFIG.path() + " is missing");
    }
    folders.forEach(this::addRun);
  }

  private static List<Path> runFolders(Path path) {
    try (Stream<Path> files = Files.find(path, DEPTH, (file, attributes) -> isConfig(file))) {
      return files.map(Path::getParent).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static boolean isConfig(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString().equals(RunFile.CONFIG.path());
  }

  private void addRun(Path path) {
    RunFolder folder = RunFolder.ofRun(path);
    if (!folder.isFinished()) {
      leftOut.add(path + ": the run has not come to its end");
      return;
    }
    RunConfig config = folder.config();
    RunResult result = folder.result();
    Map<String, String> configuration = new LinkedHashMap<>(config.optionTexts());
    String seed = configuration.getOrDefault("seed", "");
    configuration.keySet().removeAll(NOT_COMPARED);
    runs.add(
        new ComparedRun(
            name(path),
            configuration,
            seed,
            result.testAccuracy(),
            result.secondsPerEpoch().mean(),
            result.peakMemoryBytes(),
            result.log().stream().map(ComparedRuns::point).toList()));
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().normalize().getFileName()).toString();
  }

  private static Point point(LogEntry entry) {
    return new Point(
        entry.epoch(), entry.trainLoss(), entry.validationLoss(), entry.testAccuracy());
  }

  /**
   * A result of the ancestor: accuracies in percent, of them the largest over the epochs; time as
   * mean and deviation over the epochs, then the whole; memory in MB, if it is there. Runs that are
   * repeated are numbered at the end of their files' names.
   */
  private static ComparedRun ancestor(Path file) {
    JsonField root = JsonField.root(file.toString(), pythonJson(file));
    List<Point> curve = new ArrayList<>();
    for (JsonField entry : root.field("Log").elements()) {
      curve.add(
          new Point(
              curve.size() + 1,
              numberOrNan(entry.field("train_loss")),
              numberOrNan(entry.field("val_loss")),
              entry.field("acc").number(0, PERCENT) / PERCENT));
    }
    if (curve.isEmpty()) {
      throw root.field("Log").wrong("at least one epoch");
    }
    Matcher numbered = NUMBERED.matcher(name(file));
    String run = numbered.matches() ? numbered.group(1) : name(file).replaceFirst("\\.json$", "");
    return new ComparedRun(
        name(file),
        Map.of("smart_augmentation", run),
        numbered.matches() ? numbered.group(2) : "",
        root.field("Accuracy").number(0, PERCENT) / PERCENT,
        first(root.field("Time")),
        first(root.field("Memory")) * (1 << 20),
        curve);
  }

  private static JsonNode pythonJson(Path file) {
    try {
      return PYTHON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": not JSON: " + e.getOriginalMessage() + ", allowed: a result file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /** A number, or the first of several. */
  private static double first(JsonField field) {
    if (field.isAbsent()) {
      return Double.NaN;
    }
    return field.value().isArray() ? numberOrNan(field.elements().get(0)) : numberOrNan(field);
  }

  private static double numberOrNan(JsonField field) {
    boolean none = field.isAbsent() || field.value().isNull();
    return none || Double.isNaN(field.value().doubleValue()) ? Double.NaN : field.number();
  }
}
