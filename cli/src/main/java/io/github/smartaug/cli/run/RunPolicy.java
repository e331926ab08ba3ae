package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.nio.file.Files;

/** The policy that a run augmented its images with, for the augmentation of others. */
public final class RunPolicy {
  private RunPolicy() {}

  /**
   * The learned policy, or the one that the options of the run describe; its tensors are in the
   * current scope.
   *
   * @param allowed what to use instead of a run without augmentation, for the message
   * @throws IllegalArgumentException if the run was trained without augmentation, or a file is
   *     missing, damaged or has changed
   */
  public static Augmenter of(RunFolder folder, String allowed) {
    if (Files.isRegularFile(folder.file(RunFile.POLICY))) {
      return PolicyFile.read(folder.file(RunFile.POLICY)).policy();
    }
    RunConfig config = folder.config();
    TrainOptions training = recorded(folder, config);
    config.inputFiles().requireUnchanged(training.augmentation().inputFiles());
    Augmenter augmenter =
        training
            .augmentation()
            .createAugmenter(config.data().imageShape(), config.data().classNames().size());
    if (!augmenter.changesImages()) {
      throw new IllegalArgumentException(
          "--test-time-augmentation: "
              + folder.path()
              + " was trained without augmentation, allowed: "
              + allowed);
    }
    // What a run learned can only be had from its file.
    if (augmenter.learns()) {
      folder.requireFile(RunFile.POLICY);
    }
    return augmenter;
  }

  private static TrainOptions recorded(RunFolder folder, RunConfig config) {
    String source = folder.file(RunFile.CONFIG).toString();
    OptionValues values = OptionValues.parse(config.optionTexts(), source);
    values.checkRecorded(source);
    return values.options();
  }
}
