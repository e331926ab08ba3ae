package io.github.smartaug.run;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands in messages, as they can be pasted into a shell. */
public final class CommandText {
  /** What the launcher was called as; it sets the property. */
  private static final String LAUNCHER = "smartaug.launcher";

  private static final String NAME = "smartaug";
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:=,@%+-]+");

  private CommandText() {}

  /** A command of SmartAug with its arguments, by the name that the user called it by. */
  public static String of(String... arguments) {
    return launcher() + " " + words(List.of(arguments));
  }

  /** A command by its name and those above it, such as {@code smartaug train}. */
  public static String qualified(String name) {
    return name.startsWith(NAME) ? launcher() + name.substring(NAME.length()) : name;
  }

  private static String launcher() {
    return quoted(System.getProperty(LAUNCHER, NAME));
  }

  /** Arguments, quoted where a shell would take them apart. */
  public static String words(Collection<String> arguments) {
    return arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
