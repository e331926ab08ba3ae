package io.github.smartaug.cli.options;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.TorchScriptModel;
import io.github.smartaug.run.ModelFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.StartingModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;

/**
 * A value of {@code --model}.
 *
 * @param text as it was given; for a run, its file with the trained model
 * @param file to read, if it is one: TorchScript, or weights in the folder of a run
 */
public record ModelChoice(String text, Optional<Path> file) {
  private static final String SCRIPT = ".pt";
  private static final String WEIGHTS = ".safetensors";

  /**
   * Reads the name of a model or of a file.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static ModelChoice parse(String text) {
    if (text.endsWith(SCRIPT) || text.endsWith(WEIGHTS)) {
      return new ModelChoice(text, Optional.of(PathText.parse("--model", text)));
    }
    NamedThings.MODELS.requireKnown(text);
    return new ModelChoice(text, Optional.empty());
  }

  /** Whether it is a TorchScript file. */
  public boolean isScript() {
    return file.isPresent() && text.endsWith(SCRIPT);
  }

  /** The same model, read from a copy of its file. */
  public ModelChoice readFrom(Path copy) {
    return new ModelChoice(text, file.map(original -> copy));
  }

  /**
   * For names and titles: the name of the model or of that of the run, or the file's without {@code
   * .pt}.
   *
   * @throws IllegalArgumentException if it is of a run that cannot be read
   */
  public String title() {
    if (file.isEmpty()) {
      return text;
    }
    if (isScript()) {
      String name = file.get().getFileName().toString();
      return name.substring(0, name.length() - SCRIPT.length());
    }
    Path folder = file.get().toAbsolutePath().getParent();
    return named("--model", () -> RunFolder.ofRun(folder).config().model().title());
  }

  /**
   * The model for such images, in the current scope.
   *
   * @throws IllegalArgumentException if it does not take them, or the file is not one of a model
   */
  public ChosenModel create(DatasetBundle data, Device device) {
    String where = (file.isPresent() ? "--model" : "--model " + text) + ", data set " + data.name();
    return named(where, () -> create(data.shape(), data.classNames().size(), device));
  }

  private ChosenModel create(ImageShape input, int classes, Device device) {
    if (file.isEmpty()) {
      return new ChosenModel(
          text, Models.create(text, input, classes), Optional.empty(), Optional.empty(), List.of());
    }
    if (isScript()) {
      return new ChosenModel(
          text,
          TorchScriptModel.read(file.get(), input, classes, device),
          file.map(ModelFile::of),
          Optional.empty(),
          List.of());
    }
    StartingModel start = StartingModel.read(file.get(), input, classes);
    return new ChosenModel(
        start.name(),
        start.model(),
        Optional.empty(),
        Optional.of(start.weights()),
        List.of("begins with the weights in " + start.weights().path()));
  }

  private static <T> T named(String where, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
