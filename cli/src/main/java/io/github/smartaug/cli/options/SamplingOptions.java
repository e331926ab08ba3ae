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
        "How transforms that move pixels (rotate, shear...) read between pixels: bilinear or"
            + " nearest. With nearest their magnitudes have no gradient and are not learned.",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "bilinear")
  private Interpolation interpolation;

  @Option(
      names = "--border",
      paramLabel = "HOW",
      description = {
        "What they read outside the image: zeros (black), reflection (the image mirrored at its"
            + " edges) or edge (the outermost pixel repeated).",
        "Default: ${DEFAULT-VALUE}"
      },
      defaultValue = "zeros")
  private Border border;

  @Option(
      names = "--compose-affine",
      description =
          "Combine affine transforms that follow each other into one and resample once: less blur"
              + " than one by one")
  private boolean composeAffine;

  /** The sampling of all transforms. */
  Sampling sampling() {
    return new Sampling(
        interpolation, border, composeAffine ? AffineChains.COMPOSED : AffineChains.SEPARATE);
  }
}
