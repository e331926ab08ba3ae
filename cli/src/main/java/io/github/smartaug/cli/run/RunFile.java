package io.github.smartaug.cli.run;

/** The files of a run folder. */
enum RunFile {
  README("README.txt", "what the files of this folder are"),
  CONFIG("config.json", "every option of the run, where its data came from, what it ran on"),
  CHECKPOINT("checkpoint", "the last two states of the run, from which --resume goes on"),
  LOG("log.jsonl", "one JSON object per epoch: losses, accuracies, time, memory, the policy"),
  RESULT("result.json", "accuracies, time and memory of the whole run"),
  POLICY(
      "policy.json",
      "the learned policy: every transform with its definition, probability and magnitude"),
  MODEL(
      "model.safetensors",
      "parameters and buffers of the model after the epoch of the best validation accuracy"),
  ARCHITECTURE("architecture.pt", "the TorchScript file that was trained, as it was given"),
  TRAINED("model.pt", "the same with the weights of model.safetensors, for torch.jit.load"),
  LOSSES("plots/losses.png", "training and validation loss over the epochs"),
  ACCURACY("plots/accuracy.png", "validation and test accuracy over the epochs"),
  PROBABILITIES("plots/probabilities.png", "probability of every transform over the epochs"),
  MAGNITUDES("plots/magnitudes.png", "magnitude of every transform over the epochs"),
  SAMPLES("samples/augmented.png", "training images, and what the final policy makes of them");

  private final String path;
  private final String description;

  RunFile(String path, String description) {
    this.path = path;
    this.description = description;
  }

  /** Relative to the run folder, with slashes. */
  String path() {
    return path;
  }

  /** Whether it is a folder with files of its own. */
  boolean isFolder() {
    return this == CHECKPOINT;
  }

  /** What it is called in messages. */
  String kind() {
    return isFolder() ? "folder" : "file";
  }

  /** What the file holds, in half a sentence. */
  String description() {
    return description;
  }
}
