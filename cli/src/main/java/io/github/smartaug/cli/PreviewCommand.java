package io.github.smartaug.cli;

import io.github.smartaug.cli.options.PreviewOptions;
import io.github.smartaug.cli.preview.PreviewJob;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smartaug preview}. */
@Command(
    name = "preview",
    description = {
      "Draws a contact sheet that shows what transforms do to a picture, one row per transform.",
      "",
      "A row goes from the weakest to the strongest. For a policy, the likeliest transforms come"
          + " first, over the strengths that it draws. Large pictures are shrunk first."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug preview                                    # into preview.png",
      "  smartaug preview photo.jpg --transforms wide --columns 9 --out wide.png",
      "  smartaug preview --policy runs/first --out policy.png",
      "  smartaug preview photo.jpg --policy runs/first --out policy.png"
    })
final class PreviewCommand implements Callable<Integer> {
  @Mixin private final PreviewOptions options = new PreviewOptions();

  @Override
  public Integer call() throws IOException {
    PreviewJob job = new PreviewJob(options);
    try (TensorScope scope = TensorScope.open()) {
      job.execute(System.out);
    }
    return 0;
  }
}
