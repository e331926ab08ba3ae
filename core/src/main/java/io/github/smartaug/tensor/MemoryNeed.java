package io.github.smartaug.tensor;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Whether what is about to be done can fit into memory at all, asked before it is begun. */
public final class MemoryNeed {
  private static final double GIGABYTE = 1L << 30;

  private MemoryNeed() {}

  /**
   * Refuses what needs more memory than the machine, or the container, has.
   *
   * @param what needs it, with the option to change; the message begins with it
   * @param bytes a lower bound; a double, so that no product overflows
   * @throws IllegalArgumentException if the memory can never suffice
   */
  public static void requireOfMachine(String what, double bytes) {
    require(what, "at least", bytes, "the machine", machineBytes());
  }

  /** As {@link #requireOfMachine}, of what is an estimate. */
  public static void requireAboutOfMachine(String what, double bytes) {
    require(what, "about", bytes, "the machine", machineBytes());
  }

  private static double machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Double.POSITIVE_INFINITY;
  }

  /** As {@link #requireOfMachine}, of Java's heap. */
  public static void requireOfHeap(String what, double bytes) {
    require(what, "at least", bytes, "Java's heap", (double) Runtime.getRuntime().maxMemory());
  }

  private static void require(
      String what, String howSure, double bytes, String owner, double available) {
    if (bytes > available) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s %.1f GB of memory, allowed: the %.1f GB of %s",
              what,
              howSure,
              bytes / GIGABYTE,
              available / GIGABYTE,
              owner));
    }
  }
}
