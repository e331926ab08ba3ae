package io.github.smartaug.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run was asked for.
 *
 * @param started when
 * @param command with its arguments
 * @param options value of every option of the command line, given or not, by name without hyphens
 */
public record RunOrigin(Instant started, String command, Map<String, Object> options) {
  /** Copies the map, values may be null. */
  public RunOrigin {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Asked for by the Java program that runs, now, without options of the command line. */
  public static RunOrigin program() {
    return new RunOrigin(
        Instant.now(), System.getProperty("sun.java.command", "a Java program"), Map.of());
  }
}
