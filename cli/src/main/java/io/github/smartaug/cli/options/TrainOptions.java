package io.github.smartaug.cli.options;

import io.github.smartaug.meta.Forward;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.train.InnerOptions;
import io.github.smartaug.train.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** All options of {@code smartaug train}, in the groups in which its help shows them. */
public final class TrainOptions {
  @Mixin(name = "Data and model")
  private final DataOptions data = new DataOptions();

  @Mixin(name = "Fine-tuning")
  private final FineTuningOptions fineTuning = new FineTuningOptions();

  @Mixin(name = "A whole way of learning")
  private final PresetOptions preset = new PresetOptions();

  @Mixin(name = "Augmentation")
  private final AugmentationOptions augmentation = new AugmentationOptions();

  @Mixin(name = "Loss")
  private final LossOptions loss = new LossOptions();

  @Mixin(name = "Learning the policy")
  private final PolicyLearningOptions policyLearning = new PolicyLearningOptions();

  @Mixin(name = "Training the model")
  private final InnerTrainingOptions training = new InnerTrainingOptions();

  @Mixin(name = "The model's optimizer")
  private final ModelOptimizerOptions optimizer = new ModelOptimizerOptions();

  @Mixin(name = "Schedules and controls")
  private final ControlOptions controls = new ControlOptions();

  @Mixin(name = "How the model computes")
  private final ComputationOptions computation = new ComputationOptions();

  @Mixin(name = "The run")
  private final RunOptions run = new RunOptions();

  /**
   * Checks all numbers and words that can be checked by themselves.
   *
   * @throws IllegalArgumentException that names the option
   */
  public void check() {
    data.check();
    fineTuning.check(data.model());
    augmentation.check();
    loss.check();
    policyLearning.check();
    training.check();
    optimizer.check();
    controls.check();
    controls.checkWithin(training.epochs());
    run.check();
    Hypergradient hypergradient = policyLearning.hypergradient(augmentation.cannotBeTried());
    if (data.model().isScript() && hypergradient.estimator() instanceof Forward) {
      throw new IllegalArgumentException(
          "--hypergradient: forward, which libtorch gets wrong for TorchScript, allowed with"
              + " --model "
              + data.model().text()
              + ": the others, such as truncated:1, which finds the same");
    }
    if (policyLearning.tries() && augmentation.cannotBeTried()) {
      throw new IllegalArgumentException(
          "--hypergradient: "
              + hypergradient
              + ", which looks at one transform at a time, the same for all classes, allowed with"
              + " --augment sequence and --per-class: the others, such as probe:20");
    }
    if (policyLearning.looksAtAllAlike() && augmentation.weighsLosses()) {
      throw new IllegalArgumentException(
          "--probability-gradient: loss-weight, allowed with --hypergradient "
              + hypergradient
              + ": score-function; loss weights are learned by unrolled and others");
    }
    if (policyLearning.holdsLength() && optimizer.learns()) {
      throw new IllegalArgumentException(
          "--step-length: held, allowed with --learn: free; hyperparameters are learned from how"
              + " far steps go");
    }
    if (controls.refits() && optimizer.learns()) {
      throw new IllegalArgumentException(
          "--refit: given with --learn, whose hyperparameters it cannot repeat, allowed: one of"
              + " them");
    }
    if (controls.testTimeCopies() > 0 && augmentation.augmentation().isNone()) {
      throw new IllegalArgumentException(
          "--test-time-augmentation: "
              + controls.testTimeCopies()
              + ", allowed with --augment none: not given");
    }
  }

  /** Options that were asked for by one name. */
  public Optional<Preset> preset() {
    return preset.preset();
  }

  /** Which images and which model. */
  public DataOptions data() {
    return data;
  }

  /** With which weights training begins, and which of them stay. */
  public FineTuningOptions fineTuning() {
    return fineTuning;
  }

  /** How training images are changed. */
  public AugmentationOptions augmentation() {
    return augmentation;
  }

  /** The loss of the training images. */
  public LossOptions loss() {
    return loss;
  }

  /** How the policy is learned. */
  public PolicyLearningOptions policyLearning() {
    return policyLearning;
  }

  /** How the model is trained. */
  public InnerTrainingOptions training() {
    return training;
  }

  /** What moves the model's parameters. */
  public ModelOptimizerOptions optimizer() {
    return optimizer;
  }

  /** Schedules, and what is done beyond plain training. */
  public ControlOptions controls() {
    return controls;
  }

  /** In which precision and memory format. */
  public ComputationOptions computation() {
    return computation;
  }

  /** Where and how the run takes place. */
  public RunOptions run() {
    return run;
  }

  /** The files that a run reads besides its images, by the name of their option in files. */
  public Map<String, Path> inputFiles() {
    Map<String, Path> files = new LinkedHashMap<>(augmentation.inputFiles());
    data.model().file().ifPresent(file -> files.put("model", file));
    files.putAll(fineTuning.inputFiles());
    files.putAll(data.split().inputFiles());
    return files;
  }

  /** The same files as texts, absolute: they lead there from every working directory. */
  public Map<String, String> inputPaths() {
    Map<String, String> paths = new LinkedHashMap<>();
    inputFiles()
        .forEach((name, file) -> paths.put(name, file.toAbsolutePath().normalize().toString()));
    return paths;
  }

  /**
   * The options of the library's trainer.
   *
   * @param classCounts training images of each class
   * @param precision that was asked for or chosen
   */
  public TrainingOptions toTrainingOptions(int[] classCounts, Precision precision) {
    InnerOptions inner =
        training.toInnerOptions(optimizer.toInnerOptimizer(), loss.toLoss(classCounts));
    return new TrainingOptions(
        training.epochs(),
        inner.toBuilder().schedule(controls.warmedUp(inner.schedule())).build(),
        policyLearning.toMetaOptions(augmentation.cannotBeTried(), optimizer.learns()),
        run.seed(),
        controls.toTrainingControls(training.epochs(), precision));
  }
}
