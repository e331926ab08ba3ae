package io.github.smartaug.cli.options;

import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.input.InputRange;

/** The option that all commands have which decode images. */
final class PixelLimit {
  static final String OPTION = "--max-pixels";

  static final String MEANING = "Refuse image files of more pixels before they are decoded.";

  private PixelLimit() {}

  static void check(long pixels) {
    InputRange.within(1, (double) ImageDecoder.MOST_PIXELS_EVER, OPTION, (double) pixels);
  }

  /** Images keep their size. */
  static Resizing upTo(long pixels) {
    return Resizing.NONE.acceptingUpTo(pixels);
  }
}
