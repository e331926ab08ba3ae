package io.github.smartaug.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value in a JSON file, with the place where it stands. A value of another kind than is asked for
 * is an {@link IllegalArgumentException} that names file and field: {@code policy.json:
 * transforms[3].logit: "x", allowed: a finite number}.
 *
 * @param source name of the file
 * @param path of the value, such as {@code transforms[3].logit}; empty for the whole file
 * @param value as {@link JsonParser} has it; null if there is no such field
 */
record JsonField(String source, String path, Object value) {
  private static final int LONGEST_VALUE = 60;

  /** The whole content of a file. */
  static JsonField parse(String text, String source) {
    return new JsonField(source, "", JsonParser.parse(text, source));
  }

  /** A field of this object. */
  JsonField field(String name) {
    if (!(value instanceof Map<?, ?> fields)) {
      throw wrong("an object");
    }
    return new JsonField(source, path.isEmpty() ? name : path + "." + name, fields.get(name));
  }

  /** The elements of this array. */
  List<JsonField> elements() {
    if (!(value instanceof List<?> elements)) {
      throw wrong("an array");
    }
    return IntStream.range(0, elements.size())
        .mapToObj(i -> new JsonField(source, path + "[" + i + "]", elements.get(i)))
        .toList();
  }

  /** A text. */
  String text() {
    if (!(value instanceof String text)) {
      throw wrong("a text");
    }
    return text;
  }

  /** One of these texts. */
  String oneOf(List<String> allowed) {
    if (!(value instanceof String text) || !allowed.contains(text)) {
      throw wrong(String.join(", ", allowed));
    }
    return text;
  }

  /** The constant whose {@code toString} is this text. */
  <E extends Enum<E>> E oneOf(E[] constants) {
    String found = oneOf(Stream.of(constants).map(E::toString).toList());
    return Stream.of(constants).filter(c -> c.toString().equals(found)).findFirst().orElseThrow();
  }

  /** A finite number. */
  double number() {
    double number = numberOrNaN();
    if (!Double.isFinite(number)) {
      throw wrong("a finite number");
    }
    return number;
  }

  /** A number in {@code [smallest, largest]}. */
  double number(double smallest, double largest) {
    double number = numberOrNaN();
    if (!(number >= smallest && number <= largest)) {
      throw wrong("a number from " + smallest + " to " + largest);
    }
    return number;
  }

  private double numberOrNaN() {
    return isNumber() ? Double.parseDouble(value.toString()) : Double.NaN;
  }

  private boolean isNumber() {
    return value instanceof JsonParser.Literal literal && !literal.equals(JsonParser.Literal.NULL);
  }

  /** A whole number in {@code [smallest, largest]}, without a point or an exponent. */
  int wholeNumber(int smallest, int largest) {
    // More digits than an int has are out of range whatever they are.
    if (isNumber() && value.toString().matches("-?\\d{1,10}")) {
      long number = Long.parseLong(value.toString());
      if (number >= smallest && number <= largest) {
        return (int) number;
      }
    }
    throw wrong("a whole number from " + smallest + " to " + largest);
  }

  /** An array of that many finite numbers. */
  double[] numbers(int size) {
    if (!(value instanceof List<?> elements) || elements.size() != size) {
      throw wrong("an array of " + size + " numbers");
    }
    return elements().stream().mapToDouble(JsonField::number).toArray();
  }

  /** True or false. */
  boolean flag() {
    if (!(value instanceof Boolean flag)) {
      throw wrong("true or false");
    }
    return flag;
  }

  /** True or false, or what it is if there is none. */
  boolean flagOr(boolean otherwise) {
    return isAbsent() ? otherwise : flag();
  }

  /** Whether there is no such field, or its value is null. */
  boolean isAbsent() {
    return value == null || JsonParser.Literal.NULL.equals(value);
  }

  /** An object whose fields are texts, by name in the order of the file. */
  Map<String, String> texts() {
    if (!(value instanceof Map<?, ?> fields)) {
      throw wrong("an object");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    fields.forEach((name, unused) -> texts.put((String) name, field((String) name).text()));
    return texts;
  }

  /**
   * The error that this value is not what it must be: {@code FILE: FIELD: VALUE, allowed: ...}.
   *
   * @param allowed what it must be, in words
   */
  IllegalArgumentException wrong(String allowed) {
    String where = path.isEmpty() ? source : source + ": " + path;
    String what = value == null ? "missing" : excerpt(written(value));
    return new IllegalArgumentException(where + ": " + what + ", allowed: " + allowed);
  }

  /** A text, or its beginning if it is long, on one line. */
  static String excerpt(String text) {
    String line =
        text.codePoints()
            .limit(LONGEST_VALUE + 1)
            .mapToObj(JsonField::shown)
            .collect(Collectors.joining());
    return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE - 3) + "...";
  }

  private static String shown(int letter) {
    return Character.isISOControl(letter) ? " " : Character.toString(letter);
  }

  /** As JSON, without spaces. */
  private static String written(Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    if (value instanceof List<?> elements) {
      return elements.stream().map(JsonField::written).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .map(field -> written(field.getKey()) + ":" + written(field.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    return value.toString();
  }
}
