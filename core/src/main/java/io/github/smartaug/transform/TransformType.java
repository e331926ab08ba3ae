package io.github.smartaug.transform;

import io.github.smartaug.registry.Registered;
import java.util.Locale;
import java.util.Optional;

/**
 * A transform with a name: an entry of {@link Transforms}. Its name is its function, such as {@code
 * rotate}, followed by its axis if it has one: {@code translate-x}.
 */
public interface TransformType extends Registered {
  /** What files of {@link TransformSet} call it; shared by the two axes of one function. */
  String function();

  /** The axis along which it works, for functions that come with both. */
  default Optional<Axis> axis() {
    return Optional.empty();
  }

  /** What is done; compared by {@code equals} when a set is written: best a record. */
  Transform transform();

  /** The function, and the axis if there is one. */
  @Override
  default String name() {
    return axis()
        .map(axis -> function() + "-" + axis.name().toLowerCase(Locale.ROOT))
        .orElseGet(this::function);
  }
}
