package io.github.smartaug.data.published;

import java.util.List;

/**
 * What is taken out of the archive of a data set.
 *
 * @param members how the names of these files begin within the archive, such as {@code gzip/}
 * @param holds files that must be there in the end, as paths with {@code /}; at least one
 */
public record Unpacking(String members, List<String> holds) {
  /** Checks that there is something to look for. */
  public Unpacking {
    holds = List.copyOf(holds);
    if (holds.isEmpty()) {
      throw new IllegalArgumentException("unpacking: no files, allowed: at least one to look for");
    }
  }
}
