package io.github.smartaug.run;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.nn.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The model of a run in {@code config.json}.
 *
 * @param name of a model that ships with the library, or the path of a TorchScript file
 * @param input shape of the images that it takes
 * @param classes number of classes
 * @param sha256 of the TorchScript file, in hexadecimal digits, if it was one; the run folder has a
 *     copy
 */
public record RunModel(String name, ImageShape input, int classes, Optional<String> sha256) {
  static RunModel of(String name, Model model, Optional<ModelFile> file) {
    return new RunModel(name, model.input(), model.classes(), file.map(ModelFile::sha256));
  }

  static RunModel read(JsonField field, RunData data) {
    JsonField input = field.field("input");
    if (!RunData.shape(input).equals(data.imageShape())) {
      throw input.wrong("\"" + data.imageShape() + "\" as data.image_shape");
    }
    JsonField classes = field.field("classes");
    if (classes.wholeNumber(1) != data.classNames().size()) {
      throw classes.wrong(data.classNames().size() + ", the number of data.class_names");
    }
    JsonField sha256 = field.field("sha256");
    return new RunModel(
        field.field("name").text(),
        data.imageShape(),
        data.classNames().size(),
        sha256.isAbsent() ? Optional.empty() : Optional.of(sha256.text()));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("input", input.toString());
    json.put("classes", classes);
    sha256.ifPresent(hash -> json.put("sha256", hash));
    return json;
  }

  /** For names and titles: the model's name, or the file's without folder and {@code .pt}. */
  public String title() {
    return sha256.isEmpty()
        ? name
        : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
            .replaceFirst("\\.pt$", "");
  }
}
