package io.github.smartaug.cli.options;

import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import picocli.CommandLine.Option;

/** How images are read where a transform moves pixels. */
public final class SamplingOptions {
  @Option(
      names = "--interpolation",
      paramLabel = "HOW",
      description = {
        "What transforms that move pixels read between pixels: bilinear or nearest. With nearest"
            + " their magnitudes are not learned, because they have no gradient.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "bilinear")
  private Interpolation interpolation;

  @Option(
      names = "--border",
      paramLabel = "HOW",
      description = {
        "What they read outside the image: zeros, reflection (the image mirrored about its outer"
            + " edges) or edge (the outermost pixel).",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "zeros")
  private Border border;

  @Option(
      names = "--compose-affine",
      description =
          "Multiply affine transforms that follow each other and resample once, which blurs less"
              + " than one by one")
  private boolean composeAffine;

  /** The sampling of all transforms. */
  Sampling sampling() {
    return new Sampling(
        interpolation, border, composeAffine ? AffineChains.COMPOSED : AffineChains.SEPARATE);
  }
}
