package io.github.smartaug.cli;

import io.github.smartaug.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** JSON that is right as a text but not in what it says, and JSON beyond all limits. */
final class JsonDamage {
  private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,] ?)-?[0-9][0-9.eE+-]*");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"(?= ?[,}\\]\\n])");
  private static final Pattern KEY = Pattern.compile("\"[^\"]*\"(?= ?:)");
  private static final List<String> VALUES =
      List.of(
          "-1",
          "1e400",
          "NaN",
          "-1e30",
          "99999999999999999999",
          "null",
          "\"text\"",
          "[]",
          "{}",
          "true",
          "0.5",
          "\"\"");

  private JsonDamage() {}

  /** Values and names exchanged at places that follow from a seed. */
  static Map<String, byte[]> of(String json, long seed) {
    RandomStream random = RandomStream.seeded(seed);
    Map<String, byte[]> copies = new LinkedHashMap<>();
    for (Pattern place : List.of(NUMBER, TEXT, KEY)) {
      List<MatchResult> places = place.matcher(json).results().toList();
      for (String value : place.equals(KEY) ? List.of("\"other\"", "\"\"", "3") : VALUES) {
        if (!places.isEmpty()) {
          MatchResult at = places.get(random.nextInt(places.size()));
          copies.put(
              value + " for " + at.group() + " at " + at.start(),
              utf8(json.substring(0, at.start()) + value + json.substring(at.end())));
        }
      }
    }
    return copies;
  }

  /** Texts that a reader of JSON meets only in attacks. */
  static Map<String, byte[]> beyondLimits(String json) {
    Map<String, byte[]> copies = new LinkedHashMap<>();
    copies.put("100,000 arrays", utf8("[".repeat(100_000)));
    copies.put("100,000 objects", utf8("{\"a\":".repeat(100_000)));
    copies.put("900 arrays", utf8("[".repeat(900) + "]".repeat(900)));
    copies.put("a name of 100,000 characters", utf8("{\"" + "n".repeat(100_000) + "\": 1}"));
    copies.put("a number of 100,000 digits", utf8("{\"format\": " + "9".repeat(100_000) + "}"));
    copies.put("a text of 30 million characters", utf8("\"" + "t".repeat(30_000_000) + "\""));
    copies.put("another character set", json.getBytes(StandardCharsets.UTF_16));
    copies.put("no characters", new byte[] {'{', '"', (byte) 0xc3, '(', (byte) 0xff, '"', ':'});
    copies.put("bytes of no character in a name", broken(json));
    copies.put("two values", utf8(json + json));
    copies.put("a byte order mark", utf8("\ufeff" + json));
    return copies;
  }

  private static byte[] broken(String json) {
    byte[] bytes = utf8(json);
    bytes[json.indexOf('"') + 1] = (byte) 0xff;
    return bytes;
  }

  /** Several texts of damaged JSON, of all kinds but those beyond limits. */
  static List<Map.Entry<String, byte[]>> all(String json, long seed) {
    List<Map.Entry<String, byte[]>> all = new ArrayList<>(of(json, seed).entrySet());
    Map<String, byte[]> bytes = Damage.of(utf8(json), seed);
    bytes.remove("twice");
    all.addAll(bytes.entrySet());
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
