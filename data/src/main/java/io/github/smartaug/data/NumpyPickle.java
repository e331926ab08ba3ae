package io.github.smartaug.data;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.PickleDialect;
import io.github.smartaug.input.PickledValues.ByteString;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import io.github.smartaug.input.SafePickleReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pickles of Python 2 and 3 that hold numbers, texts, lists, dictionaries and arrays of NumPy.
 * Whatever else a pickle names is refused by its name, and nothing of it is run.
 */
final class NumpyPickle implements PickleDialect {
  private static final String ARRAY = "numpy.ndarray";
  private static final String TYPE = "numpy.dtype";
  private static final String ENCODE = "_codecs.encode";
  private static final Set<String> RECONSTRUCT =
      Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");

  private static final int NAME_LENGTH = 80;
  private static final int ARRAY_PARTS = 5;

  private NumpyPickle() {}

  /**
   * The dictionary that a pickle is of, by the texts of its keys.
   *
   * @throws IllegalArgumentException if it is damaged, or of something else; the message says what
   */
  static Map<String, Object> dictionary(byte[] pickle) {
    if (!(SafePickleReader.read(pickle, new NumpyPickle()) instanceof Container container)
        || !container.isDictionary()) {
      throw new IllegalArgumentException("holds no dictionary, allowed: one");
    }
    Map<String, Object> dictionary = new LinkedHashMap<>();
    List<Object> values = container.values();
    for (int i = 0; i < values.size(); i += 2) {
      dictionary.put(text(values.get(i)), values.get(i + 1));
    }
    return dictionary;
  }

  /** A text of Python 2 or 3; of other values, what Java writes for them. */
  static String text(Object value) {
    return value instanceof ByteString bytes ? bytes.text() : String.valueOf(value);
  }

  /** An array of one element type, known once its attributes are. */
  static final class PickledArray {
    private List<Object> shape = List.of();
    private String type = "";
    private boolean columnByColumn;
    private ByteString data = ByteString.of("");

    /** Sizes, outermost first. */
    List<Object> shape() {
      return shape;
    }

    /** NumPy's name of the element type, such as {@code u1}. */
    String type() {
      return type;
    }

    /** Whether the first size changes fastest. */
    boolean isColumnByColumn() {
      return columnByColumn;
    }

    /** All elements. */
    ByteString data() {
      return data;
    }
  }

  /** A type of elements. */
  private record ElementKind(String name) {}

  @Override
  public String writer() {
    return "Python with NumPy";
  }

  @Override
  public NamedCode global(String name) {
    if (name.equals(ARRAY)
        || name.equals(TYPE)
        || name.equals(ENCODE)
        || RECONSTRUCT.contains(name)) {
      return new NamedCode(name);
    }
    throw new IllegalArgumentException(
        "uses "
            + Excerpt.of(name, NAME_LENGTH)
            + ", which is no array, dictionary, list, number or text");
  }

  @Override
  public Object call(NamedCode function, Group arguments) {
    List<Object> values = arguments.values();
    if (RECONSTRUCT.contains(function.name())
        && !values.isEmpty()
        && values.get(0).equals(new NamedCode(ARRAY))) {
      return new PickledArray();
    }
    if (function.name().equals(TYPE) && !values.isEmpty()) {
      return new ElementKind(text(values.get(0)));
    }
    // How Python 3 writes bytes for Python 2.
    if (function.name().equals(ENCODE)
        && values.size() == 2
        && values.get(0) instanceof String text
        && values.get(1).equals("latin1")
        && text.chars().allMatch(c -> c < 1 << Byte.SIZE)) {
      return ByteString.of(text);
    }
    throw new IllegalArgumentException(
        "calls " + function.name() + " with values that it does not take");
  }

  @Override
  public Object build(Object object, Object attributes) {
    if (object instanceof ElementKind) {
      // Order of bytes and fields, which single bytes do not have.
      return object;
    }
    if (object instanceof PickledArray array
        && attributes instanceof Group group
        && group.values().size() == ARRAY_PARTS
        && group.values().get(1) instanceof Group shape
        && group.values().get(2) instanceof ElementKind kind
        && group.values().get(3) instanceof Boolean columnByColumn
        && group.values().get(4) instanceof ByteString data) {
      array.shape = shape.values();
      array.type = kind.name();
      array.columnByColumn = columnByColumn;
      array.data = data;
      return array;
    }
    throw new IllegalArgumentException("gives attributes to what is no array of numbers");
  }

  @Override
  public Object outside(Object reference) {
    throw new IllegalArgumentException("refers to something outside it");
  }

  @Override
  public boolean hasNumbersOf(int bytes) {
    return true;
  }

  @Override
  public boolean isOfPython() {
    return true;
  }
}
