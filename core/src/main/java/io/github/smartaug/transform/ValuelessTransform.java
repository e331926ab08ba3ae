package io.github.smartaug.transform;

/** A transform that ignores its value. */
interface ValuelessTransform extends Transform {
  @Override
  default boolean usesValue() {
    return false;
  }

  @Override
  default GradientKind gradientKind() {
    return GradientKind.NONE;
  }
}
