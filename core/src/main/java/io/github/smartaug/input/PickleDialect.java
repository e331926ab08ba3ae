package io.github.smartaug.input;

import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;

/**
 * What the pickles of a kind of file may say. All methods throw an {@link IllegalArgumentException}
 * that says what the pickle does if it may not.
 */
public interface PickleDialect {
  /** Who writes such pickles. */
  String writer();

  /** A function or class of that full name. */
  NamedCode global(String name);

  /** What a call of a function comes to, without calling anything. */
  Object call(NamedCode function, Group arguments);

  /** An object of a class, which most may not make. */
  default Object create(Object type, Object arguments) {
    throw new IllegalArgumentException("makes an object of a class");
  }

  /** The object with these attributes. */
  Object build(Object object, Object attributes);

  /** What is kept outside the pickle. */
  Object outside(Object reference);

  /** Whether whole numbers may have so many bytes, of 0 to 8. */
  boolean hasNumbersOf(int bytes);

  /**
   * Whether Python itself writes them: with byte strings, in protocols from 2 to 4, and with any
   * numbers for what is remembered. PyTorch writes less.
   */
  default boolean isOfPython() {
    return false;
  }
}
