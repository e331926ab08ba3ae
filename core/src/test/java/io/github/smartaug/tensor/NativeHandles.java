package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;

/** Counts the native values that Java owns. */
public final class NativeHandles {
  private static final int TIMES = 20;

  private NativeHandles() {}

  /** Requires that work leaves no native value behind, whether it succeeds or fails. */
  public static void requireNoneLeft(Runnable work) {
    work.run(); // What is made once and for all is made now.
    long before = Pointer.totalCount();
    for (int i = 0; i < TIMES; i++) {
      work.run();
    }
    assertThat(Pointer.totalCount()).as("native handles").isLessThanOrEqualTo(before);
  }
}
