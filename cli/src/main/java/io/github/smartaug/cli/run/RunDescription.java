package io.github.smartaug.cli.run;

import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run is, for {@code config.json} and for the files that travel alone. */
final class RunDescription {
  private final TrainOptions options;
  private final RunOrigin origin;
  private final RunInputs inputs;
  private final RunFolder folder;

  RunDescription(TrainOptions options, RunOrigin origin, RunInputs inputs, RunFolder folder) {
    this.options = options;
    this.origin = origin;
    this.inputs = inputs;
    this.folder = folder;
  }

  /** The content of {@code config.json}. */
  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", origin.command());
    config.put("started", origin.started().toString());
    Map<String, Object> values = new LinkedHashMap<>(origin.options());
    values.put("out", folder.path().toString());
    config.put("options", values);
    config.put("optimizer", optimizer());
    config.put("data", data());
    config.put("model", model());
    config.put("platform", platform());
    config.put("files", files());
    return config;
  }

  /** With the values that the optimizer's own defaults stand for. */
  private Map<String, Object> optimizer() {
    Hyperparameters values = options.optimizer().toInnerOptimizer().hyperparameters();
    Map<String, Object> optimizer = new LinkedHashMap<>();
    optimizer.put("name", options.optimizer().name());
    values.names().stream().sorted().forEach(name -> optimizer.put(name, values.get(name).value()));
    return optimizer;
  }

  private Map<String, Object> data() {
    DatasetBundle used = inputs.used();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", used.name());
    data.put("provenance", used.provenance());
    data.put("image_shape", used.shape().toString());
    data.put("class_names", used.classNames());
    data.put("training_images", used.training().size());
    data.put("validation_images", used.validation().orElseThrow().size());
    data.put("test_images", used.test().size());
    data.put("mean", inputs.data().normalization().mean());
    data.put("standard_deviation", inputs.data().normalization().standardDeviation());
    data.put("content_hash", contentHashes());
    return data;
  }

  /** Of the whole data set, so that runs with different limits can be seen to share it. */
  Map<String, String> contentHashes() {
    DatasetBundle source = inputs.source();
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("training", source.training().contentHash());
    source.validation().ifPresent(set -> hashes.put("validation", set.contentHash()));
    hashes.put("test", source.test().contentHash());
    return hashes;
  }

  private Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", options.data().model().text());
    model.put("input", inputs.model().input().toString());
    model.put("classes", inputs.model().classes());
    inputs.modelFile().ifPresent(file -> model.put("sha256", file.sha256()));
    return model;
  }

  private Map<String, Object> platform() {
    Map<String, Object> platform = new LinkedHashMap<>();
    platform.put("smartaug", Versions.smartAug());
    platform.put("libtorch", Versions.libtorch());
    platform.put("java", Versions.java());
    platform.put("operating_system", Versions.operatingSystem());
    platform.put("processors", Runtime.getRuntime().availableProcessors());
    platform.put("threads", TorchRuntime.threads());
    platform.put("blas_threads", TorchRuntime.blasThreads());
    platform.put("device", options.run().device());
    return platform;
  }

  private static Map<String, Object> files() {
    Map<String, Object> files = new LinkedHashMap<>();
    for (RunFile file : RunFile.values()) {
      files.put(file.path(), file.description());
    }
    return files;
  }

  /** For {@code policy.json}. */
  Map<String, String> policyProvenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("smartaug", Versions.smartAug());
    provenance.put("libtorch", Versions.libtorch());
    provenance.put("started", origin.started().toString());
    provenance.put("command", origin.command());
    provenance.put("dataset", inputs.used().name());
    provenance.put("image_shape", inputs.used().shape().toString());
    provenance.put("dataset_hash", inputs.source().training().contentHash());
    provenance.put("model", options.data().model().text());
    provenance.put("epochs", Integer.toString(options.training().epochs()));
    provenance.put("seed", Long.toString(options.run().seed()));
    return provenance;
  }

  /** For {@code model.safetensors}; nothing that differs between runs of the same seed. */
  Map<String, String> modelMetadata(int bestEpoch) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("smartaug", Versions.smartAug());
    metadata.put("model", options.data().model().text());
    metadata.put("input", inputs.model().input().toString());
    metadata.put("classes", Integer.toString(inputs.model().classes()));
    metadata.put("class_names", Json.line(inputs.used().classNames()));
    metadata.put("mean", Json.line(inputs.data().normalization().mean()));
    metadata.put(
        "standard_deviation", Json.line(inputs.data().normalization().standardDeviation()));
    metadata.put("epoch", Integer.toString(bestEpoch));
    return metadata;
  }

  /** The content of {@code README.txt}. */
  String readme() {
    StringBuilder text = new StringBuilder();
    text.append("A run of SmartAug ").append(Versions.smartAug()).append(": ").append(title());
    text.append("\n\n  ").append(origin.command()).append("\n\n");
    for (RunFile file : RunFile.values()) {
      text.append(String.format("%-24s %s%n", file.path(), file.description()));
    }
    text.append("\nFiles that this run has no use for, or did not get to, are missing.\n");
    return text.toString();
  }

  /** What is trained on what, in few words. */
  String title() {
    return options.data().model().title()
        + " on "
        + inputs.used().name()
        + ", augmentation "
        + options.augmentation().augmentation().title();
  }
}
