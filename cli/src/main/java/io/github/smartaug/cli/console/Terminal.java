package io.github.smartaug.cli.console;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches. */
public final class Terminal {
  private Terminal() {}

  /** Whether both input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // null up to Java 21; later versions are asked
  public static boolean isAttached() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * From Java 22 on there may be a console without a terminal, which then knows that it is none.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
