package io.github.smartaug.cli.options;

import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.TorchScriptModel;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * A value of {@code --model}.
 *
 * @param text as it was given
 * @param file the TorchScript file to read, if it is one
 */
public record ModelChoice(String text, Optional<Path> file) {
  private static final String SUFFIX = ".pt";

  /**
   * Reads the name of a model or of a file.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static ModelChoice parse(String text) {
    if (text.endsWith(SUFFIX)) {
      return new ModelChoice(text, Optional.of(PathText.parse("--model", text)));
    }
    NamedThings.MODELS.requireKnown(text);
    return new ModelChoice(text, Optional.empty());
  }

  /** The same model, read from a copy of its file. */
  public ModelChoice readFrom(Path copy) {
    return new ModelChoice(text, file.map(original -> copy));
  }

  /** For names and titles: the model's name, or the file's without {@code .pt}. */
  public String title() {
    String name = file.isEmpty() ? text : Path.of(text).getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /**
   * The model for such images, in the current scope.
   *
   * @throws IllegalArgumentException if it does not take them, or the file is not one of a model
   */
  public Model create(DatasetBundle data, Device device) {
    int classes = data.classNames().size();
    try {
      return file.isPresent()
          ? TorchScriptModel.read(file.get(), data.shape(), classes, device)
          : Models.create(text, data.shape(), classes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          (file.isPresent() ? "--model" : "--model " + text)
              + ", data set "
              + data.name()
              + ": "
              + e.getMessage(),
          e);
    }
  }
}
