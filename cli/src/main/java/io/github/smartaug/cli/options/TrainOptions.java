package io.github.smartaug.cli.options;

import io.github.smartaug.train.TrainingOptions;
import picocli.CommandLine.Mixin;

/** All options of {@code smartaug train}, in the groups in which its help shows them. */
public final class TrainOptions {
  @Mixin(name = "Data and model")
  private final DataOptions data = new DataOptions();

  @Mixin(name = "Augmentation")
  private final AugmentationOptions augmentation = new AugmentationOptions();

  @Mixin(name = "Loss")
  private final LossOptions loss = new LossOptions();

  @Mixin(name = "Learning the policy")
  private final PolicyLearningOptions policyLearning = new PolicyLearningOptions();

  @Mixin(name = "Training the model")
  private final InnerTrainingOptions training = new InnerTrainingOptions();

  @Mixin(name = "The model's optimizer")
  private final OptimizerOptions optimizer = new OptimizerOptions();

  @Mixin(name = "The run")
  private final RunOptions run = new RunOptions();

  /**
   * Checks all numbers and words that can be checked by themselves.
   *
   * @throws IllegalArgumentException that names the option
   */
  public void check() {
    data.check();
    augmentation.check();
    loss.check();
    policyLearning.check();
    training.check();
    optimizer.check();
    run.check();
  }

  /** Which images and which model. */
  public DataOptions data() {
    return data;
  }

  /** How training images are changed. */
  public AugmentationOptions augmentation() {
    return augmentation;
  }

  /** How the model is trained. */
  public InnerTrainingOptions training() {
    return training;
  }

  /** What moves the model's parameters. */
  public OptimizerOptions optimizer() {
    return optimizer;
  }

  /** Where and how the run takes place. */
  public RunOptions run() {
    return run;
  }

  /**
   * The options of the library's trainer.
   *
   * @param classCounts training images of each class
   */
  public TrainingOptions toTrainingOptions(int[] classCounts) {
    return new TrainingOptions(
        training.epochs(),
        training.toInnerOptions(optimizer.toInnerOptimizer(), loss.toLoss(classCounts)),
        policyLearning.toMetaOptions(),
        run.seed());
  }
}
