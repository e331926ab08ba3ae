package io.github.smartaug.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The JSON header of a .safetensors file. Its tensors fill the data without gap or overlap. */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  /** Largest header in bytes, the limit of the reference implementation. */
  static final int LIMIT = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** One tensor; its data are the bytes {@code begin} to {@code end} (exclusive) of all data. */
  record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {
    long[] sizes() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** The entries in the order of their data. */
  List<Entry> entriesByOffset() {
    // By end, too: an empty tensor and the one after it begin at the same byte.
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
  }

  /**
   * The header for these tensors, in their order. In the data, tensors with the largest elements
   * come first, so that all are aligned.
   */
  static SafetensorsHeader of(NamedTensors tensors, Map<String, String> metadata, String target) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    tensors.asMap().forEach((name, tensor) -> entries.put(name, unplaced(name, tensor, target)));
    List<Entry> order = new ArrayList<>(entries.values());
    order.sort(Comparator.comparingInt((Entry entry) -> entry.type().bytes()).reversed());
    long begin = 0;
    for (Entry entry : order) {
      long end = begin + entry.type().bytes(entry.sizes());
      entries.put(entry.name(), new Entry(entry.name(), entry.type(), entry.shape(), begin, end));
      begin = end;
    }
    return new SafetensorsHeader(List.copyOf(entries.values()), metadata);
  }

  private static Entry unplaced(String name, Tensor tensor, String target) {
    String where = target + ": tensor \"" + name + "\"";
    if (name.equals(METADATA)) {
      throw new IllegalArgumentException(
          where + ": the name is reserved by the format, allowed: any other");
    }
    ElementType type =
        ElementType.of(tensor)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            "%s: type %s cannot be written, allowed: %s",
                            where, tensor.scalar_type(), ElementType.allowedSafetensorsNames())));
    return new Entry(name, type, Arrays.stream(tensor.shape()).boxed().toList(), 0, 0);
  }

  /** The header as JSON. */
  String json() {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    for (Entry entry : entries) {
      ObjectNode node = root.putObject(entry.name());
      node.put("dtype", entry.type().safetensorsName());
      entry.shape().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(entry.begin()).add(entry.end());
    }
    return root.toString();
  }

  /**
   * Parses and checks a header.
   *
   * @param dataBytes size of all data in the file
   * @throws IllegalArgumentException if something is wrong; the message begins with {@code source}
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes, String source) throws IOException {
    JsonNode root = tree(json, source);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(METADATA)) {
        String where = source + ": tensor \"" + field.getKey() + "\"";
        entries.add(entry(field.getKey(), field.getValue(), where));
      }
    }
    SafetensorsHeader header =
        new SafetensorsHeader(List.copyOf(entries), metadata(root.path(METADATA), source));
    header.checkPlaces(dataBytes, source);
    return header;
  }

  private static JsonNode tree(byte[] json, String source) throws IOException {
    String wrong = source + ": not a .safetensors file (its header is not a JSON object";
    try {
      // Without the first test, a file in another format could be parsed as a number or a text.
      JsonNode root = json[0] == '{' ? JSON.readTree(json) : null;
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException(wrong + ")");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          wrong + ": " + e.getOriginalMessage().lines().findFirst().orElse("") + ")", e);
    }
  }

  private static Map<String, String> metadata(JsonNode node, String source) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw new IllegalArgumentException(
          source + ": __metadata__ is not an object of texts, allowed: {\"name\": \"text\"}");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new IllegalArgumentException(
            source + ": __metadata__ \"" + field.getKey() + "\" is not a text, allowed: a text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private static Entry entry(String name, JsonNode node, String where) {
    String dtype = node.path("dtype").asText();
    ElementType type =
        ElementType.ofSafetensorsName(dtype)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        String.format(
                            "%s: dtype \"%s\", allowed: %s",
                            where, dtype, ElementType.allowedSafetensorsNames())));
    List<Long> shape = numbers(node.path("shape"), where + ": shape");
    List<Long> offsets = numbers(node.path("data_offsets"), where + ": data_offsets");
    if (offsets.size() != 2) {
      throw new IllegalArgumentException(
          where + ": data_offsets " + offsets + ", allowed: two numbers");
    }
    Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    checkSize(entry, where);
    return entry;
  }

  private static List<Long> numbers(JsonNode node, String where) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode element : node) {
      boolean whole = element.isIntegralNumber() && element.canConvertToLong();
      numbers.add(whole ? element.longValue() : -1);
    }
    if (!node.isArray() || numbers.stream().anyMatch(number -> number < 0)) {
      throw new IllegalArgumentException(
          where + " is " + node + ", allowed: a list of whole numbers, at least 0");
    }
    return numbers;
  }

  private static void checkSize(Entry entry, String where) {
    long needed;
    try {
      needed = entry.type().bytes(entry.sizes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(where + ": impossible shape " + entry.shape(), e);
    }
    if (entry.end() - entry.begin() != needed) {
      throw new IllegalArgumentException(
          String.format(
              "%s: shape %s of %s needs %d bytes, data_offsets [%d, %d] are %d",
              where,
              entry.shape(),
              entry.type().safetensorsName(),
              needed,
              entry.begin(),
              entry.end(),
              entry.end() - entry.begin()));
    }
  }

  /** Data must follow each other without gap or overlap and fill the file. */
  private void checkPlaces(long dataBytes, String source) {
    long expected = 0;
    for (Entry entry : entriesByOffset()) {
      if (entry.begin() != expected) {
        throw new IllegalArgumentException(
            String.format(
                "%s: tensor \"%s\" begins at byte %d of the data, %s, allowed: %d",
                source,
                entry.name(),
                entry.begin(),
                entry.begin() < expected ? "overlapping another" : "leaving a gap",
                expected));
      }
      expected = entry.end();
    }
    if (expected != dataBytes) {
      throw new IllegalArgumentException(
          String.format(
              "%s: %s, has %d bytes of data, the header describes %d",
              source,
              dataBytes < expected ? "truncated" : "bytes after the last tensor",
              dataBytes,
              expected));
    }
  }
}
