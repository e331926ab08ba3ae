package io.github.smartaug.cli.options;

import io.github.smartaug.nn.MemoryFormat;
import java.util.Optional;

/** The values of {@code --memory-format}. */
enum MemoryFormatChoice {
  /** The fastest. */
  AUTO,
  /** All pixels of a channel together. */
  CONTIGUOUS,
  /** All channels of a pixel together. */
  CHANNELS_LAST;

  Optional<MemoryFormat> format() {
    return switch (this) {
      case AUTO -> Optional.empty();
      case CONTIGUOUS -> Optional.of(MemoryFormat.CONTIGUOUS);
      case CHANNELS_LAST -> Optional.of(MemoryFormat.CHANNELS_LAST);
    };
  }

  static MemoryFormatChoice of(MemoryFormat format) {
    return switch (format) {
      case CONTIGUOUS -> CONTIGUOUS;
      case CHANNELS_LAST -> CHANNELS_LAST;
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
