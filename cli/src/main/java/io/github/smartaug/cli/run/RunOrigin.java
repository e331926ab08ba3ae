package io.github.smartaug.cli.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run was asked for.
 *
 * @param started when
 * @param command with its arguments
 * @param options value of every option, given or not, by name
 */
public record RunOrigin(Instant started, String command, Map<String, Object> options) {
  /** Copies the map, values may be null. */
  public RunOrigin {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
