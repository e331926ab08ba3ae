package io.github.smartaug.nn;

import io.github.smartaug.nn.PickledValues.Global;
import io.github.smartaug.nn.PickledValues.Group;

/**
 * What the pickles of a kind of file may say. All methods throw an IllegalArgumentException that
 * says what the pickle does if it may not.
 */
interface PickleDialect {
  /** Who writes such pickles. */
  String writer();

  /** A function or class of that full name. */
  Global global(String name);

  /**
   * What a call of a function comes to, without calling anything.
   *
   * @param tensors of the pickle so far
   */
  Object call(Global function, Group arguments, PickledTensors tensors);

  /** An object of a class. */
  Object create(Object type, Object arguments);

  /** The object with these attributes. */
  Object build(Object object, Object attributes);

  /** Whether whole numbers may have so many bytes, of 0 to 8. */
  boolean hasNumbersOf(int bytes);
}
