package io.github.smartaug.cli.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run was asked for.
 *
 * @param started when
 * @param arguments of the command line
 * @param options value of every option, given or not, by name
 */
public record RunOrigin(Instant started, List<String> arguments, Map<String, Object> options) {
  /** Copies the lists, values may be null. */
  public RunOrigin {
    arguments = List.copyOf(arguments);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
