package io.github.smartaug.djl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The natives of DJL's own libtorch, which the build has for some systems only. */
final class DjlNatives {
  private static final String IN_THEIR_JAR = "/native/lib/pytorch.properties";

  private DjlNatives() {}

  /** Skips a test where they are not on the class path: DJL would look for them in the network. */
  static void assumeThere() {
    assumeTrue(
        DjlNatives.class.getResource(IN_THEIR_JAR) != null,
        "the build has natives of DJL's PyTorch engine for Linux x86-64 only");
  }
}
