package io.github.smartaug.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a pickle can hold besides numbers, strings and truth values. Each knows how deep it is
 * nested: who goes down by recursion, as libtorch does, comes to the end of the stack.
 */
public final class PickledValues {
  /** Python's {@code None}. */
  public static final Object NONE = new Object();

  /** Modules within modules of real models are some ten deep. */
  private static final int DEEPEST = 200;

  private PickledValues() {}

  /** What has values in it. */
  public interface Nested {
    /** How deep it is nested, from 1. */
    int depth();
  }

  /**
   * The depth of what has these values in it.
   *
   * @throws IllegalArgumentException if it is more than anybody needs
   */
  public static int depthOver(List<Object> values) {
    int depth = 1 + values.stream().mapToInt(PickledValues::depth).max().orElse(0);
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("has values more than " + DEEPEST + " deep");
    }
    return depth;
  }

  private static int depth(Object value) {
    return value instanceof Nested nested ? nested.depth() : 0;
  }

  /** A tuple. */
  public record Group(List<Object> values, int depth) implements Nested {
    /** A tuple of these. */
    public static Group of(List<Object> values) {
      return new Group(values, depthOver(values));
    }
  }

  /** A list or a dictionary, whose keys and values alternate. */
  public static final class Container implements Nested {
    private final boolean dictionary;
    private final List<Object> values = new ArrayList<>();
    private int depth = 1;
    private boolean complete;

    /** An empty one. */
    public Container(boolean dictionary) {
      this.dictionary = dictionary;
    }

    /** Whether it is a dictionary. */
    public boolean isDictionary() {
      return dictionary;
    }

    /** All of them; of a dictionary, keys and values in turn. */
    public List<Object> values() {
      return Collections.unmodifiableList(values);
    }

    @Override
    public int depth() {
      return depth;
    }

    /** Once it is used a second time nothing is added: it could be inside itself. */
    void complete() {
      complete = true;
    }

    void add(List<Object> added) {
      if (complete) {
        throw new IllegalArgumentException("adds to what is complete");
      }
      if (dictionary && added.size() % 2 != 0) {
        throw new IllegalArgumentException("has a dictionary with a key without value");
      }
      values.addAll(added);
      depth = Math.max(depth, depthOver(added));
    }
  }

  /** A text of bytes, as Python 2 has it, and Python 3 its bytes. */
  public static final class ByteString {
    private final ByteBuffer bytes;

    /** The bytes themselves, not a copy: they may be most of a large file. */
    ByteString(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    /** Their number. */
    public int length() {
      return bytes.limit();
    }

    /** The one at a position. */
    public byte at(int position) {
      return bytes.get(position);
    }

    /** Copies as many as the target has, from a position on. */
    public void copy(int position, byte[] target) {
      bytes.get(position, target);
    }

    /** A text with one byte for each character. */
    public static ByteString of(String text) {
      return new ByteString(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** One character for each. */
    public String text() {
      return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
  }

  /** A function or class. */
  public record NamedCode(String name) {}
}
