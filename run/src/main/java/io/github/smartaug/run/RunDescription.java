package io.github.smartaug.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.train.InnerOptimizer;
import io.github.smartaug.train.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run is, for its files: {@link #config} for {@code config.json}, and what goes into those
 * that travel alone.
 */
public final class RunDescription {
  /** With which {@code README.txt} begins. */
  static final String README_START = "A run of SmartAug ";

  private final Builder parts;
  private final RunConfig config;

  private RunDescription(Builder parts) {
    this.parts = parts;
    this.config =
        new RunConfig(
            parts.origin.command(),
            parts.origin.started(),
            parts.origin.options().isEmpty() ? ofTheLibrary(parts) : parts.origin.options(),
            optimizer(parts),
            RunData.of(parts.images, parts.source, parts.batches.normalization()),
            RunModel.of(
                parts.modelName,
                parts.model,
                parts.modelFile,
                parts.options.controls().precision()),
            RunPlatform.current(parts.device),
            parts.inputFiles);
  }

  /** Of a Java program: the options that the command line needs to evaluate the run. */
  private static Map<String, Object> ofTheLibrary(Builder parts) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("dataset", parts.images.name());
    options.put("model", parts.modelName);
    options.put("epochs", parts.options.epochs());
    options.put("seed", parts.options.seed());
    options.put("device", parts.device);
    return options;
  }

  private static RunOptimizer optimizer(Builder parts) {
    InnerOptimizer optimizer = parts.options.inner().optimizer();
    return RunOptimizer.of(name(optimizer.rule()), optimizer.hyperparameters());
  }

  private static String name(DifferentiableOptimizer rule) {
    return Optimizers.names().stream()
        .filter(name -> Optimizers.named(name).getClass() == rule.getClass())
        .findFirst()
        .orElse(rule.getClass().getSimpleName());
  }

  /** Begins a description. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of a description: all {@code set...} are needed. */
  public static final class Builder {
    private RunOrigin origin = RunOrigin.program();
    private InputFiles inputFiles = new InputFiles(Map.of());
    private DatasetBundle images;
    private DatasetBundle source;
    private TrainingData batches;
    private String modelName;
    private Model model;
    private Optional<ModelFile> modelFile = Optional.empty();
    private Optional<ModelFile> initialWeights = Optional.empty();
    private Augmenter augmenter;
    private String augmentation;
    private TrainingOptions options;
    private String device = "cpu";
    private int testTimeCopies;

    private Builder() {}

    /**
     * The images that the run uses, and the batches that it gets them in.
     *
     * @param used with validation images
     */
    public Builder setImages(DatasetBundle used, TrainingData inBatches) {
      images = used;
      batches = inBatches;
      return this;
    }

    /**
     * The model.
     *
     * @param name under which {@link io.github.smartaug.nn.Models} has it, or the path of a
     *     TorchScript file
     */
    public Builder setModel(String name, Model trained) {
      modelName = name;
      model = trained;
      return this;
    }

    /** The policy before the first step. */
    public Builder setAugmenter(Augmenter initial) {
      augmenter = initial;
      return this;
    }

    /** How the model is trained. */
    public Builder setOptions(TrainingOptions training) {
      options = training;
      return this;
    }

    /** How the run was asked for; {@link RunOrigin#program} if left out. */
    public Builder optOrigin(RunOrigin askedFor) {
      origin = askedFor;
      return this;
    }

    /** The other files that the run read; none if left out. */
    public Builder optInputFiles(InputFiles files) {
      inputFiles = files;
      return this;
    }

    /** The whole data set, before limits and splits, for its hashes; the images if left out. */
    public Builder optSource(DatasetBundle whole) {
      source = whole;
      return this;
    }

    /** The TorchScript file that the model was read from. */
    public Builder optModelFile(ModelFile file) {
      modelFile = Optional.of(file);
      return this;
    }

    /** The weights of an earlier run that training begins with; see {@link StartingModel}. */
    public Builder optInitialWeights(ModelFile file) {
      initialWeights = Optional.of(file);
      return this;
    }

    /** The augmentation in a word or two, for titles; the augmenter's own words if left out. */
    public Builder optAugmentation(String title) {
      augmentation = title;
      return this;
    }

    /** Name of the device, {@code cpu} if left out. */
    public Builder optDevice(String name) {
      device = name;
      return this;
    }

    /** Augmented copies of each test image to predict from at the end; 0, none, if left out. */
    public Builder optTestTimeCopies(int copies) {
      testTimeCopies = copies;
      return this;
    }

    /**
     * The description.
     *
     * @throws NullPointerException if a part is missing
     */
    public RunDescription build() {
      Objects.requireNonNull(images, "setImages was not called");
      Objects.requireNonNull(model, "setModel was not called");
      Objects.requireNonNull(augmenter, "setAugmenter was not called");
      Objects.requireNonNull(options, "setOptions was not called");
      source = source == null ? images : source;
      augmentation = augmentation == null ? augmenter.description() : augmentation;
      return new RunDescription(this);
    }
  }

  /** The content of {@code config.json}, but for the option {@code out}. */
  public RunConfig config() {
    return config;
  }

  /** The content of {@code config.json} in that folder. */
  RunConfig config(Path folder) {
    Map<String, Object> options = new LinkedHashMap<>(config.options());
    options.put("out", folder.toString());
    return new RunConfig(
        config.command(),
        config.started(),
        options,
        config.optimizer(),
        config.data(),
        config.model(),
        config.platform(),
        config.inputFiles());
  }

  /** For {@code policy.json}. */
  Map<String, String> policyProvenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("smartaug", config.platform().smartaug());
    provenance.put("libtorch", config.platform().libtorch());
    provenance.put("started", config.started().toString());
    provenance.put("command", config.command());
    provenance.put("dataset", config.data().name());
    provenance.put("image_shape", config.data().imageShape().toString());
    provenance.put("image_fit", config.data().fit().toString());
    provenance.put("dataset_hash", config.data().contentHashes().get("training"));
    provenance.put("model", config.model().name());
    provenance.put("epochs", Integer.toString(parts.options.epochs()));
    provenance.put("seed", Long.toString(parts.options.seed()));
    return provenance;
  }

  /** For {@code model.safetensors}; nothing that differs between runs of the same seed. */
  Map<String, String> modelMetadata(int bestEpoch) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("smartaug", config.platform().smartaug());
    metadata.put("model", config.model().name());
    metadata.put("input", config.model().input().toString());
    metadata.put("image_fit", config.data().fit().toString());
    metadata.put("classes", Integer.toString(config.model().classes()));
    metadata.put("class_names", RunJson.line(config.data().classNames()));
    metadata.put("mean", RunJson.line(config.data().normalization().mean()));
    metadata.put(
        "standard_deviation", RunJson.line(config.data().normalization().standardDeviation()));
    metadata.put("epoch", Integer.toString(bestEpoch));
    return metadata;
  }

  /**
   * The content of {@code README.txt}.
   *
   * @param files that the run has left
   * @param ended whether no more will come
   */
  String readme(List<RunFile> files, boolean ended) {
    StringBuilder text = new StringBuilder();
    text.append(README_START).append(config.platform().smartaug());
    text.append(": ").append(title()).append("\n\n  ").append(config.command()).append("\n\n");
    files.forEach(
        file -> text.append(String.format("%-24s %s%n", file.path(), file.description())));
    if (!ended) {
      text.append("\nMore will come as the run goes on.\n");
    }
    return text.toString();
  }

  /** What is trained on what, in few words. */
  public String title() {
    return config.model().title()
        + " on "
        + config.data().name()
        + ", augmentation "
        + parts.augmentation;
  }

  Model model() {
    return parts.model;
  }

  Optional<ModelFile> modelFile() {
    return parts.modelFile;
  }

  Optional<ModelFile> initialWeights() {
    return parts.initialWeights;
  }

  TrainingData batches() {
    return parts.batches;
  }

  /** The images that the run uses. */
  DatasetBundle images() {
    return parts.images;
  }

  TrainingOptions options() {
    return parts.options;
  }

  /** Images of the data set that were left out. */
  List<String> unreadable() {
    return parts.images.unreadable();
  }

  int testTimeCopies() {
    return parts.testTimeCopies;
  }

  long seed() {
    return parts.options.seed();
  }

  /** The policy before the first step. */
  Augmenter augmenter() {
    return parts.augmenter;
  }
}
