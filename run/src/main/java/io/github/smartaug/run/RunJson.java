package io.github.smartaug.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.JsonField;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** JSON as the files of a run have it: names in snake_case, null for what is not a number. */
public final class RunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(double.class, new FiniteOrNull())
                  .addDeserializer(Double.class, new NumberOrNan())
                  .addDeserializer(double.class, new NumberOrNan()))
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private RunJson() {}

  /** One line, without the line's end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** Indented, for people, with an end of line. */
  public static String document(Object value) {
    try {
      return PRETTY.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** A value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The content of a file as a tree.
   *
   * @throws IllegalArgumentException if it cannot be read or is not JSON
   */
  public static JsonNode fileTree(Path file) {
    return read(file).value();
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if it cannot be read or is not JSON
   */
  static JsonField read(Path file) {
    return JsonField.parse(text(file), file.toString());
  }

  /**
   * The text of a file in UTF-8.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /**
   * An object as a record: null numbers are NaN, unknown fields are passed over.
   *
   * @throws IllegalArgumentException if a field is missing or wrong; the message names it
   */
  static <T> T as(Class<T> type, JsonField object) {
    try {
      return MAPPER.treeToValue(object.value(), type);
    } catch (MismatchedInputException e) {
      IllegalArgumentException wrong = at(object, e).wrong(allowed(e.getTargetType()));
      wrong.initCause(e);
      throw wrong;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          object.source() + ": " + e.getOriginalMessage() + ", allowed: an object", e);
    }
  }

  /** The value that Jackson complains about. */
  private static JsonField at(JsonField object, JsonMappingException error) {
    JsonField field = object;
    for (JsonMappingException.Reference step : error.getPath()) {
      field =
          step.getFieldName() == null
              ? field.elements().get(step.getIndex())
              : field.field(step.getFieldName());
    }
    return field;
  }

  private static String allowed(Class<?> type) {
    if (type == null || type.isRecord() || Map.class.isAssignableFrom(type)) {
      return "an object";
    }
    if (type.isArray() || List.class.isAssignableFrom(type)) {
      return "an array";
    }
    return type == String.class ? "a text" : "a number";
  }

  /** JSON has no NaN and no infinity. */
  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        generator.writeNumber(value);
      } else {
        generator.writeNull();
      }
    }
  }

  private static final class NumberOrNan extends StdDeserializer<Double> {
    private static final long serialVersionUID = 1;

    NumberOrNan() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken().isNumeric()
          ? (Double) parser.getDoubleValue()
          : (Double) context.handleUnexpectedToken(Double.class, parser);
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
