package io.github.smartaug.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a run folder. */
public enum RunFile {
  /** What the files of the folder are, for people. */
  README("README.txt", "what the files of this folder are"),
  /** See {@code report.RunReport}. */
  REPORT(
      "report.html", "the run as a page with curves, tables and pictures, to be looked at first"),
  /** See {@link RunConfig}. */
  CONFIG("config.json", "every option of the run, where its data came from, what it ran on"),
  /** See {@link io.github.smartaug.data.SplitFile}. */
  SPLIT("split.csv", "which images were for training, validation and test; for --split"),
  /** Saved states; see {@link io.github.smartaug.checkpoint.CheckpointFolder}. */
  CHECKPOINT("checkpoint", "the last two states of the run, from which --resume goes on"),
  /** See {@link RunLog}. */
  LOG("log.jsonl", "one JSON object per epoch: losses, accuracies, time, memory, the policy"),
  /** See {@code tensorboard.TensorBoardListener}. */
  TENSORBOARD(
      "tensorboard/events.out.tfevents.smartaug",
      "the log for TensorBoard: scalars, histograms of the policy, pictures"),
  /** See {@link RunResult}. */
  RESULT("result.json", "accuracies, time and memory of the whole run"),
  /** See {@link io.github.smartaug.augment.PolicyFile}. */
  POLICY(
      "policy.json",
      "the learned policy: every transform with its definition, probability and magnitude"),
  /** Weights; see {@link TrainedClassifier}. */
  MODEL(
      "model.safetensors",
      "parameters and buffers of the model after the best epoch on validation images; with --refit,"
          + " of the model that was refitted"),
  /** Weights of the first training; see {@link io.github.smartaug.train.Refit}. */
  BEFORE_REFIT(
      "before-refit.safetensors",
      "the same before --refit, of the best epoch on validation images"),
  /** See {@link RunLog}. */
  REFIT_LOG("refit/log.jsonl", "log.jsonl of the refit"),
  /** Saved states; see {@link io.github.smartaug.checkpoint.CheckpointFolder}. */
  REFIT_CHECKPOINT("refit/checkpoint", "the last two states of the refit"),
  /** Weights of an earlier run; see {@link StartingModel}. */
  INITIAL("initial.safetensors", "the weights that training began with, those of an earlier run"),
  /** The TorchScript file that was trained. */
  ARCHITECTURE("architecture.pt", "the TorchScript file that was trained, as it was given"),
  /** The same with the trained weights. */
  TRAINED("model.pt", "the same with the weights of model.safetensors, for torch.jit.load"),
  /** A picture. */
  LOSSES("plots/losses.png", "training and validation loss over the epochs"),
  /** A picture. */
  ACCURACY("plots/accuracy.png", "validation and test accuracy over the epochs"),
  /** A picture. */
  PROBABILITIES("plots/probabilities.png", "probability of every transform over the epochs"),
  /** A picture. */
  MAGNITUDES("plots/magnitudes.png", "magnitude of every transform over the epochs"),
  /** A picture. */
  SAMPLES("samples/augmented.png", "training images, and what the final policy makes of them"),
  /** A picture. */
  STRENGTHS(
      "samples/strengths.png",
      "each transform from the weakest to the strongest that the final policy draws"),
  /** A picture. */
  MISTAKES("samples/mistakes.png", "the test images of which the model was surest, and wrong");

  private final String path;
  private final String description;

  RunFile(String path, String description) {
    this.path = path;
    this.description = description;
  }

  /** Relative to the run folder, with slashes. */
  public String path() {
    return path;
  }

  /** Whether it is a folder with files of its own. */
  public boolean isFolder() {
    return this == CHECKPOINT || this == REFIT_CHECKPOINT;
  }

  /** Images and what became of them, in the order in which they are looked at. */
  public static List<RunFile> pictures() {
    return List.of(SAMPLES, STRENGTHS, MISTAKES);
  }

  /** What it is called in messages. */
  String kind() {
    return isFolder() ? "folder" : "file";
  }

  /** What the file holds, in half a sentence. */
  public String description() {
    return description;
  }

  /** What each file holds, by its path. */
  static Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    for (RunFile file : values()) {
      descriptions.put(file.path(), file.description());
    }
    return descriptions;
  }
}
