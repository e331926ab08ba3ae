package io.github.smartaug.cli.options;

import io.github.smartaug.transform.TransformSets;
import java.util.Iterator;

/** What help lists for a set of transforms. */
final class TransformSetNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return TransformSets.names().iterator();
  }
}
