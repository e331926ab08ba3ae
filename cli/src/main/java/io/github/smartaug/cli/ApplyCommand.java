package io.github.smartaug.cli;

import io.github.smartaug.cli.apply.ApplyJob;
import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug apply}. */
@Command(
    name = "apply",
    description = {
      "Applies a learned policy, or one transform of a given strength, to images.",
      "",
      "Images may have any size; ranges relative to the image size adapt to it. Grey images stay"
          + " grey, transparent ones are laid over white, 16 bits per channel become 8. Orientation"
          + " tags and other metadata of photos are not kept. The output format follows from the"
          + " name of the output file."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug apply --policy runs/photos photo.jpg out.png",
      "  smartaug apply --policy policy.json --copies 5 photos augmented      # a-1.png ... a-5.png",
      "  smartaug apply --transform flip-x photo.png mirrored.png",
      "  smartaug apply --transform rotate --value 15 photos rotated --threads 4",
      "  smartaug apply --transform posterize --values bits.npy batch.npy posterized.npy"
    })
final class ApplyCommand implements Callable<Integer> {
  @Mixin private final ApplyOptions options = new ApplyOptions();

  @Override
  public Integer call() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      ApplyJob.prepare(options).execute(System.out, System.err);
    }
    return 0;
  }
}
