package io.github.smartaug.export;

import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.transform.NamedTransform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy as a Java file that holds it and applies it by the module {@code smartaug-policy}, which
 * is plain Java without dependencies.
 */
public final class JavaExport {
  /** Kinds of policies that the module reads. */
  private static final Set<String> KINDS = Set.of("independent", "sequence");

  /** Of a line, in characters, if there is a space to break it at. */
  private static final int WIDTH = 100;

  /** Of one text, in characters: a constant of a class file has at most 65535 bytes. */
  private static final int LARGEST_TEXT = 30_000;

  private JavaExport() {}

  /**
   * The content of the file, of ASCII alone.
   *
   * @param file the policy; its history is left out
   * @param className name of the file without {@code .java}
   * @param version of SmartAug
   * @throws IllegalArgumentException if the policy has something that the module does not know
   */
  public static String of(PolicyFile file, String className, String version) {
    for (NamedTransform named : file.policy().transforms().transforms()) {
      ExportedTransforms.type(named);
      ExportedTransforms.range(named);
    }
    String kind = file.policy().type().kind();
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "kind: \""
              + kind
              + "\", allowed: "
              + String.join(", ", KINDS.stream().sorted().toList()));
    }
    String json = new PolicyFile(file.policy(), file.provenance()).toJson();
    return template()
        .replace("@version@", version)
        .replace("@class@", className)
        .replace("@policy@", texts(json));
  }

  /** The JSON as text blocks. */
  private static String texts(String json) {
    List<StringBuilder> texts = new ArrayList<>(List.of(new StringBuilder()));
    for (String line : broken(json).lines().map(JavaExport::literal).toList()) {
      if (texts.get(texts.size() - 1).length() + line.length() > LARGEST_TEXT) {
        texts.add(new StringBuilder());
      }
      texts.get(texts.size() - 1).append("          ").append(line).append('\n');
    }
    return texts.stream()
        .map(text -> "\"\"\"\n" + text + "          \"\"\"")
        .collect(Collectors.joining(",\n          "));
  }

  /** Broken at spaces between values, where JSON does not care. */
  private static String broken(String json) {
    StringBuilder lines = new StringBuilder();
    boolean inString = false;
    int start = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"' && !isEscaped(json, i)) {
        inString = !inString;
      }
      boolean breaks = c == ' ' && !inString && lines.length() - start > WIDTH;
      lines.append(breaks ? '\n' : c);
      if (breaks || c == '\n') {
        start = lines.length();
      }
    }
    return lines.toString();
  }

  private static boolean isEscaped(String json, int quote) {
    int backslashes = 0;
    while (json.charAt(quote - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /** What a text block wants escaped; other than ASCII by the escapes of JSON. */
  private static String literal(String line) {
    StringBuilder literal = new StringBuilder();
    for (char c : line.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"").toCharArray()) {
      literal.append(c < 0x7f ? String.valueOf(c) : "\\\\u%04x".formatted((int) c));
    }
    return literal.toString();
  }

  private static String template() {
    try (InputStream in = JavaExport.class.getResourceAsStream("policy-class.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
