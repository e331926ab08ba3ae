package io.github.smartaug.cli;

import io.github.smartaug.cli.options.PredictOptions;
import io.github.smartaug.cli.predict.PredictJob;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug predict}. */
@Command(
    name = "predict",
    description = {
      "Classifies images with the model of a run.",
      "",
      "Images of other sizes are brought to the size that the model takes, in the way in which the"
          + " test images of the run were (train --fit), and become grey where it takes grey"
          + " images. An image is named by its path within INPUT, an image of an array"
          + " by its position, from 0."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug predict runs/photos photo.jpg",
      "  smartaug predict runs/photos photos --csv --out photos.csv",
      "  smartaug predict runs/photos photos --test-time-augmentation 8 --top 1",
      "  smartaug predict runs/photos batch.npy --json"
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin private final PredictOptions options = new PredictOptions();

  @Override
  public Integer call() throws IOException {
    options.check();
    try (TensorScope scope = TensorScope.open()) {
      new PredictJob(options).execute(System.out, System.err);
    }
    return 0;
  }
}
