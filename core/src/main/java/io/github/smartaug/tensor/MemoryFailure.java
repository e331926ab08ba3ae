package io.github.smartaug.tensor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory that was asked for and not there, whoever says so: Java, libtorch, or a GPU. */
public final class MemoryFailure {
  private static final double GIGABYTE = 1L << 30;
  private static final int LONGEST_CHAIN = 20;

  private static final String LESS =
      ", allowed: less at once (--batch-size, --copies, --inner-steps, --image-size)";

  /** With the number of bytes where libtorch tells it. */
  private static final Pattern NATIVE =
      Pattern.compile(
          "(?:can't allocate memory|not enough memory): you tried to allocate (\\d+) bytes"
              + "|CUDA out of memory|Storage size calculation overflowed|std::bad_alloc"
              + "|Physical memory usage is too high|Cannot allocate new ");

  private MemoryFailure() {}

  /**
   * What to say of a failure if the lack of memory is behind it.
   *
   * @return one line, or nothing for other failures
   */
  public static Optional<String> line(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
      String message = String.valueOf(cause.getMessage());
      Matcher found = NATIVE.matcher(message);
      if (found.find()) {
        return Optional.of(ofMachine(found.group(1)));
      }
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(ofJava(message));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String ofMachine(String bytes) {
    return "memory: "
        + (bytes == null
            ? "what was asked for"
            : String.format(Locale.ROOT, "%.1f GB more", Double.parseDouble(bytes) / GIGABYTE))
        + " could not be had"
        + LESS;
  }

  private static String ofJava(String message) {
    boolean direct = message.contains("direct buffer");
    return String.format(
        Locale.ROOT,
        "memory: %d MB of Java's %s do not suffice (%s), allowed: smaller or fewer images, or more"
            + " memory by JAVA_TOOL_OPTIONS=%s",
        Runtime.getRuntime().maxMemory() >> 20,
        direct ? "direct buffers" : "heap",
        message,
        direct ? "-XX:MaxDirectMemorySize=" : "-Xmx");
  }
}
