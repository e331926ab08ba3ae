package io.github.smartaug.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processor that this program runs on, as far as the system tells.
 *
 * @param name such as {@code AMD EPYC}
 * @param features of its instruction set, as Linux names them
 */
public record Processor(String name, Set<String> features) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  /** On x86 and ARM. */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

  /** Copies the features. */
  public Processor {
    features = Set.copyOf(features);
  }

  /** This one; only Linux tells its features. */
  public static Processor current() {
    try {
      return Files.isReadable(DESCRIPTION)
          ? parse(Files.readString(DESCRIPTION, StandardCharsets.ISO_8859_1))
          : new Processor(System.getProperty("os.arch"), Set.of());
    } catch (IOException | UncheckedIOException e) {
      return new Processor(System.getProperty("os.arch"), Set.of());
    }
  }

  /** The first processor of such a description. */
  static Processor parse(String description) {
    String name = value(description, "model name").orElse(System.getProperty("os.arch"));
    Set<String> features =
        value(description, "flags")
            .or(() -> value(description, "Features"))
            .map(words -> Set.copyOf(new HashSet<>(List.of(words.split("\\s+")))))
            .orElse(Set.of());
    return new Processor(name, features);
  }

  private static Optional<String> value(String description, String key) {
    return description
        .lines()
        .filter(line -> line.startsWith(key) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /** Whether it multiplies bfloat16 numbers; without, they are converted first and cost time. */
  public boolean hasBfloat16() {
    return !Collections.disjoint(features, BFLOAT16);
  }
}
