package io.github.smartaug.transform;

/** What the value of a transform counts. */
public enum ValueUnit {
  /** A number without a unit of its own. */
  NONE("", ""),
  /** Angles. */
  DEGREES("degrees", "\u00b0"),
  /** Lengths. */
  PIXELS("pixels", " px"),
  /** Tangent of an angle: pixels sideways per pixel. */
  SLOPE("pixels per pixel", ""),
  /** Multiples of what the image has: 1 changes nothing. */
  FACTOR("times", "\u00d7"),
  /** Bits of a grey level. */
  BITS("bits", " bits"),
  /** Brightness, 0 black and 1 white. */
  LEVEL("of white", ""),
  /** Part of a whole. */
  SHARE("of the whole", ""),
  /** Turns of a circle. */
  TURNS("turns", " turns");

  private final String words;
  private final String suffix;

  ValueUnit(String words, String suffix) {
    this.words = words;
    this.suffix = suffix;
  }

  /** In words, such as {@code degrees}; empty for {@link #NONE}. */
  public String words() {
    return words;
  }

  /** What is put after a number, such as {@code °}; may be empty. */
  public String suffix() {
    return suffix;
  }
}
