package io.github.smartaug.cli.extension;

import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSetType;

/** A transform set, of the library's transforms. */
public record Halves() implements TransformSetType {
  private static final String JSON =
      """
      [{"name": "Turn", "function": "rotate", "param": {"min": null, "max": 90}},
       {"name": "Mirror", "function": "flip", "param": {"axis": "X"}}]
      """;

  @Override
  public String name() {
    return "halves";
  }

  @Override
  public String description() {
    return "half turns and mirrors";
  }

  @Override
  public TransformSet set() {
    return TransformSet.parse(name(), JSON, name());
  }
}
