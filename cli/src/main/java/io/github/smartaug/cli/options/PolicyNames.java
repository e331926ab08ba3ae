package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.augment.PolicyType;
import java.util.Collections;
import java.util.Enumeration;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * What stands in the registry of policies, as a text for help: {@code ${bundle:table.policies}} is
 * a line of name and description for each. It is made when help is shown.
 */
public final class PolicyNames extends ResourceBundle {
  private static final String KEY = "table.policies";

  @Override
  protected Object handleGetObject(String key) {
    return key.equals(KEY)
        ? Policies.entries().stream().map(PolicyNames::line).collect(Collectors.joining("\n"))
        : null;
  }

  private static String line(PolicyType type) {
    return ("  " + type.name() + ": " + type.description()).replace("%", "%%");
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(Collections.singleton(KEY));
  }
}
