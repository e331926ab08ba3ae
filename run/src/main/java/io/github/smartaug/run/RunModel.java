package io.github.smartaug.run;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import java.util.LinkedHashMap;
import java.util.Locale;
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
 * @param computation in which precision and memory format it was trained, validated and tested
 */
public record RunModel(
    String name, ImageShape input, int classes, Optional<String> sha256, Computation computation) {
  static RunModel of(String name, Model model, Optional<ModelFile> file, Precision precision) {
    return new RunModel(
        name,
        model.input(),
        model.classes(),
        file.map(ModelFile::sha256),
        new Computation(precision, model.ownFormat()));
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
        sha256.isAbsent() ? Optional.empty() : Optional.of(sha256.text()),
        computation(field));
  }

  /** Files of earlier versions have none: these tested in float32 and the model's own order. */
  private static Computation computation(JsonField field) {
    JsonField precision = field.field("precision");
    JsonField format = field.field("memory_format");
    return new Computation(
        precision.isAbsent() ? Precision.FLOAT32 : precision.constant(Precision.class),
        format.isAbsent() ? Optional.empty() : Optional.of(format.constant(MemoryFormat.class)));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("input", input.toString());
    json.put("classes", classes);
    sha256.ifPresent(hash -> json.put("sha256", hash));
    json.put("precision", word(computation.precision()));
    computation.format().ifPresent(format -> json.put("memory_format", word(format)));
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** For names and titles: the model's name, or the file's without folder and {@code .pt}. */
  public String title() {
    return sha256.isEmpty()
        ? name
        : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
            .replaceFirst("\\.pt$", "");
  }
}
