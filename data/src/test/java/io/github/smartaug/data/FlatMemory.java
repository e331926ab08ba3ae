package io.github.smartaug.data;

import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.Locale;

/** A program that reads all batches of a folder several times, to be run with little memory. */
final class FlatMemory {
  private static final int EPOCHS = 3;

  /**
   * An image is 3/4 MiB when decoded. How many batches are alive at once is chance, so few images
   * make a batch: one batch more must not look like memory that is lost.
   */
  private static final int BATCH_SIZE = 2;

  private FlatMemory() {}

  /**
   * Arguments: the folder, and whether its images are held. Prints the number of images, and the
   * megabytes of the process after each epoch; or the message of what went wrong.
   */
  public static void main(String[] arguments) {
    LoaderOptions options =
        new LoaderOptions(InMemory.valueOf(arguments[1].toUpperCase(Locale.ROOT)), 2, 2);
    try {
      ImageDataset images =
          Datasets.load(arguments[0], Resizing.NONE, BadImages.REFUSE, options).training();
      BatchSource batches = new ShuffledBatches(images, BATCH_SIZE, 1, "test", LastBatch.KEEP);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int seen = 0;
        for (int index = 0; index < batches.batches(); index++) {
          try (TensorScope scope = TensorScope.open()) {
            seen += Tensors.toLongs(batches.batch(epoch, index).labels()).length;
          }
        }
        System.out.println(seen + " " + (TorchRuntime.peakResidentBytes() >> 20));
      }
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
