package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Policies;
import java.util.ListResourceBundle;
import java.util.stream.Collectors;

/** The help of {@code --augment}: a line for each policy. */
public final class AugmentationHelp extends ListResourceBundle {
  static final String KEY = "augment";

  @Override
  protected Object[][] getContents() {
    String policies =
        Policies.entries().stream()
            .map(type -> type.name() + ": " + type.description() + ".")
            .collect(Collectors.joining("%n"));
    return new Object[][] {
      {
        KEY,
        policies
            + "%nFILE.json: a learned policy (policy.json of a run), which stays as it is."
            + "%nDefault: ${DEFAULT-VALUE}"
      }
    };
  }
}
