package io.github.smartaug.cli.run;

import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Ctrl-C as an event in place of the end of the process. The JDK has it in a class of the module
 * {@code jdk.unsupported}, which is called by reflection: where it is missing, Ctrl-C ends the
 * process as it does without.
 */
final class ConsoleSignal implements AutoCloseable {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private final Runnable action;
  private Optional<Object> earlier = Optional.empty();

  ConsoleSignal(Runnable action) {
    this.action = action;
  }

  /** Calls the action at every Ctrl-C, until closed. */
  void listen() {
    try {
      Class<?> type = Class.forName(HANDLER);
      Object handler =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> called(method.getName(), proxy, arguments));
      earlier = Optional.ofNullable(handle(handler));
    } catch (ReflectiveOperationException e) {
      earlier = Optional.empty();
    }
  }

  private Object called(String method, Object proxy, Object[] arguments) {
    return switch (method) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Ctrl-C";
    };
  }

  private static Object handle(Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName(SIGNAL);
    Object interrupt = signal.getConstructor(String.class).newInstance("INT");
    return signal
        .getMethod("handle", signal, Class.forName(HANDLER))
        .invoke(null, interrupt, handler);
  }

  @Override
  public void close() {
    if (earlier.isPresent()) {
      try {
        handle(earlier.get());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Ctrl-C was heard before", e);
      }
    }
  }
}
