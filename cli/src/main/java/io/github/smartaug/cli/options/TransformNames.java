package io.github.smartaug.cli.options;

import io.github.smartaug.transform.Transforms;
import java.util.Iterator;

/** What help lists for a transform. */
final class TransformNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Transforms.names().iterator();
  }
}
