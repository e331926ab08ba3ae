package io.github.smartaug.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A value in a JSON file, with the place where it stands. Its methods check and convert the value.
 * If it is of another kind, they throw an {@link IllegalArgumentException} that names file and
 * field: {@code policy.json: transforms[3].logit: "x", allowed: a finite number}.
 *
 * @param source name of the file
 * @param path of the value, such as {@code transforms[3].logit}; empty for the whole file
 * @param value the value; a missing node if there is no such field
 */
public record JsonField(String source, String path, JsonNode value) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What the parser says of its own settings in place of the text. */
  /** Of the parser itself, and of no use to people. */
  private static final String PARSERS_WORDS =
      " \\(start marker at \\[Source: .*|, from `StreamReadConstraints[^`]*`";

  private static final int LONGEST_VALUE = 60;

  /** The whole content of a file. */
  public static JsonField root(String source, JsonNode value) {
    return new JsonField(source, "", value);
  }

  /**
   * Reads a text.
   *
   * @param text JSON, one value
   * @param source named in messages
   * @throws IllegalArgumentException if it is not JSON, a field is there twice, or it is beyond
   *     what is read: nested more than 1,000 deep, numbers of more than 1,000 digits
   */
  public static JsonField parse(String text, String source) {
    try {
      return root(source, MAPPER.readTree(text));
    } catch (MismatchedInputException e) {
      throw new IllegalArgumentException(
          source + ": more than one JSON value, allowed: one value", e);
    } catch (JsonProcessingException e) {
      // Limits of the parser are told without a place.
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      String shown = Excerpt.of(reason.replaceAll(PARSERS_WORDS, ""));
      throw new IllegalArgumentException(source + ": not JSON" + line + ": " + shown, e);
    }
  }

  /**
   * Reads a text in UTF-8.
   *
   * @throws IllegalArgumentException if it is not one, or as {@link #parse(String, String)}
   */
  public static JsonField parse(byte[] text, String source) {
    try {
      // With a decoder of its own, because that of String replaces what it cannot read.
      return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString(), source);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(source + ": not a text in UTF-8", e);
    }
  }

  /** A field of this object. */
  public JsonField field(String name) {
    if (!value.isObject()) {
      throw wrong("an object");
    }
    return new JsonField(source, path.isEmpty() ? name : path + "." + name, value.path(name));
  }

  /** The elements of this array. */
  public List<JsonField> elements() {
    if (!value.isArray()) {
      throw wrong("an array");
    }
    return IntStream.range(0, value.size())
        .mapToObj(i -> new JsonField(source, path + "[" + i + "]", value.get(i)))
        .toList();
  }

  /** The constant whose name, in lower case, is this text. */
  public <E extends Enum<E>> E constant(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (value.isTextual() && value.asText().equals(word(constant))) {
        return constant;
      }
    }
    throw wrong(
        Arrays.stream(type.getEnumConstants())
            .map(JsonField::word)
            .collect(Collectors.joining(", ")));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A text. */
  public String text() {
    if (!value.isTextual()) {
      throw wrong("a text");
    }
    return value.asText();
  }

  /** Rejects everything but this text. */
  public void requireText(String expected) {
    if (!text().equals(expected)) {
      throw wrong("\"" + expected + "\"");
    }
  }

  /** A finite number. */
  public double number() {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong("a finite number");
    }
    return value.asDouble();
  }

  /** A number in {@code [smallest, largest]}. */
  public double number(double smallest, double largest) {
    if (!value.isNumber() || !(value.asDouble() >= smallest && value.asDouble() <= largest)) {
      throw wrong("a number from " + smallest + " to " + largest);
    }
    return value.asDouble();
  }

  /** A whole number of at least {@code smallest}. */
  public int wholeNumber(int smallest) {
    if (!value.isInt() || value.asInt() < smallest) {
      throw wrong("a whole number, at least " + smallest);
    }
    return value.asInt();
  }

  /** An array of whole numbers of at least 0. */
  public List<Long> wholeNumbers() {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      if (element.isIntegralNumber() && element.canConvertToLong() && element.asLong() >= 0) {
        numbers.add(element.asLong());
      }
    }
    if (!value.isArray() || numbers.size() < value.size()) {
      throw wrong("an array of whole numbers, at least 0");
    }
    return numbers;
  }

  /** The one of these values whose {@code toString} is this text. */
  public <T> T oneOf(T[] values) {
    for (T value : values) {
      if (value.toString().equals(text())) {
        return value;
      }
    }
    throw wrong(Arrays.stream(values).map(v -> "\"" + v + "\"").collect(Collectors.joining(", ")));
  }

  /** An array of that many finite numbers. */
  public double[] numbers(int size) {
    if (!value.isArray() || value.size() != size) {
      throw wrong("an array of " + size + " numbers");
    }
    return elements().stream().mapToDouble(JsonField::number).toArray();
  }

  /** Whether there is no such field, or its value is null. */
  public boolean isAbsent() {
    return value.isMissingNode() || value.isNull();
  }

  /** True or false. */
  public boolean flag() {
    if (!value.isBoolean()) {
      throw wrong("true or false");
    }
    return value.asBoolean();
  }

  /** An object whose fields are texts, by name in the order of the file. */
  public Map<String, String> texts() {
    if (!value.isObject()) {
      throw wrong("an object");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    value.fieldNames().forEachRemaining(name -> texts.put(name, field(name).text()));
    return texts;
  }

  /** A number, true or false, a text, or null. */
  public Object scalar() {
    if (value.isNumber()) {
      return value.numberValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong("a text, a number, true or false");
    }
    return value.textValue();
  }

  /** The names of this object's fields, in their order. */
  public List<String> names() {
    if (!value.isObject()) {
      throw wrong("an object");
    }
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * The error that this value is not what it must be: {@code FILE: FIELD: VALUE, allowed: ...}.
   *
   * @param allowed what it must be, in words
   */
  public IllegalArgumentException wrong(String allowed) {
    String what = value.isMissingNode() ? "missing" : Excerpt.of(value.toString(), LONGEST_VALUE);
    String where = path.isEmpty() ? source : source + ": " + path;
    return new IllegalArgumentException(where + ": " + what + ", allowed: " + allowed);
  }
}
