package io.github.smartaug.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 has it, and nothing else: no comments, no names twice in an object, one
 * value.
 *
 * <p>Values are maps, lists, strings, {@link Boolean}s, {@link Literal}s for numbers, and {@link
 * Literal#NULL}.
 */
final class JsonParser {
  private static final int DEEPEST = 1000;
  private static final int LONGEST_NUMBER = 1000;

  private final String source;
  private final String text;
  private int place;
  private int depth;

  /** A number as it is written, or null. */
  record Literal(String text) {
    static final Literal NULL = new Literal("null");

    @Override
    public String toString() {
      return text;
    }
  }

  private JsonParser(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /**
   * The value that a text is.
   *
   * @param source named in messages
   * @throws IllegalArgumentException if it is not JSON; the message names the line
   */
  static Object parse(String text, String source) {
    JsonParser parser = new JsonParser(text, source);
    Object value = parser.value();
    parser.skipSpace();
    if (parser.place < text.length()) {
      throw parser.wrong("more than one value");
    }
    return value;
  }

  private Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Literal.NULL);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> fields = new LinkedHashMap<>();
    enter();
    while (!closes('}', fields.isEmpty())) {
      skipSpace();
      if (peek() != '"') {
        throw wrong("no name of a field");
      }
      String name = string();
      skipSpace();
      require(':');
      if (fields.containsKey(name)) {
        throw wrong("the field \"" + JsonField.excerpt(name) + "\" is there twice");
      }
      fields.put(name, value());
    }
    return fields;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    enter();
    while (!closes(']', elements.isEmpty())) {
      elements.add(value());
    }
    return elements;
  }

  private void enter() {
    place++;
    depth++;
    if (depth > DEEPEST) {
      throw wrong("nested more than " + DEEPEST + " deep");
    }
  }

  /** Goes past the end of an object or array, or past the comma before its next member. */
  private boolean closes(char end, boolean first) {
    skipSpace();
    if (peek() == end) {
      place++;
      depth--;
      return true;
    }
    if (!first) {
      require(',');
    }
    return false;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, place)) {
      throw wrong("no value");
    }
    place += word.length();
    return value;
  }

  private Literal number() {
    int start = place;
    if (peek() == '-') {
      place++;
    }
    if (peek() == '0') {
      place++;
    } else {
      digits();
    }
    if (peek() == '.') {
      place++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      place++;
      if (peek() == '+' || peek() == '-') {
        place++;
      }
      digits();
    }
    if (place - start > LONGEST_NUMBER) {
      throw wrong("a number of more than " + LONGEST_NUMBER + " characters");
    }
    return new Literal(text.substring(start, place));
  }

  private void digits() {
    int start = place;
    while (peek() >= '0' && peek() <= '9') {
      place++;
    }
    if (place == start) {
      throw wrong("no value");
    }
  }

  private String string() {
    StringBuilder result = new StringBuilder();
    place++;
    while (peek() != '"') {
      char next = peek();
      if (next < ' ') {
        throw wrong("a text that does not end");
      }
      place++;
      result.append(next == '\\' ? escaped() : next);
    }
    place++;
    return result.toString();
  }

  private char escaped() {
    char letter = peek();
    place++;
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourDigits();
      default -> throw wrong("an unknown escape");
    };
  }

  private char fourDigits() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw wrong("an unknown escape");
      }
      code = 16 * code + digit;
      place++;
    }
    return (char) code;
  }

  /** The next character; 0, which JSON has nowhere, at the end. */
  private char peek() {
    return place < text.length() ? text.charAt(place) : 0;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      place++;
    }
  }

  private void require(char expected) {
    if (peek() != expected) {
      throw wrong("no '" + expected + "'");
    }
    place++;
  }

  private IllegalArgumentException wrong(String what) {
    int end = Math.min(place, text.length());
    long line = 1 + text.substring(0, end).chars().filter(letter -> letter == '\n').count();
    String where = end == text.length() ? " at the end" : "";
    return new IllegalArgumentException(
        source + ": line " + line + ": " + what + where + ", allowed: JSON");
  }
}
