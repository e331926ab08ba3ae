package io.github.smartaug.tensor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.input.Excerpt;
import io.github.smartaug.input.JsonField;
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
    ObjectNode root = JsonNodeFactory.instance.objectNode();
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
  static SafetensorsHeader parse(byte[] json, long dataBytes, String source) {
    JsonField root = root(json, source);
    List<Entry> entries = new ArrayList<>();
    for (String name : root.names()) {
      if (!name.equals(METADATA)) {
        String where = source + ": tensor \"" + Excerpt.of(name) + "\"";
        entries.add(entry(name, JsonField.root(where, root.field(name).value()), where));
      }
    }
    JsonField texts = JsonField.root(source + ": " + METADATA, root.value().path(METADATA));
    SafetensorsHeader header =
        new SafetensorsHeader(List.copyOf(entries), texts.isAbsent() ? Map.of() : texts.texts());
    header.checkPlaces(dataBytes, source);
    return header;
  }

  private static JsonField root(byte[] json, String source) {
    // Without this test, a file in another format could be parsed as a number or a text.
    if (json[0] != '{') {
      throw new IllegalArgumentException(
          source + ": not a .safetensors file (its header is not a JSON object)");
    }
    return JsonField.parse(json, source + ": header");
  }

  private static Entry entry(String name, JsonField description, String where) {
    JsonField dtype = description.field("dtype");
    ElementType type =
        ElementType.ofSafetensorsName(dtype.value().asText())
            .orElseThrow(() -> dtype.wrong(ElementType.allowedSafetensorsNames()));
    List<Long> shape = description.field("shape").wholeNumbers();
    TensorBytes.requireDimensions(shape.size(), where);
    JsonField offsets = description.field("data_offsets");
    List<Long> ends = offsets.wholeNumbers();
    if (ends.size() != 2) {
      throw offsets.wrong("two numbers");
    }
    Entry entry = new Entry(name, type, shape, ends.get(0), ends.get(1));
    checkSize(entry, where);
    return entry;
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
                Excerpt.of(entry.name()),
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
