package io.github.smartaug.run;

import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of what a run depends on. */
public final class Versions {
  private Versions() {}

  /** SmartAug's own. */
  public static String smartAug() {
    return built("version");
  }

  /** Of Chart.js, which draws the curves of pages. */
  public static String charts() {
    return built("charts");
  }

  private static String built(String name) {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(name);
  }

  /** Of libtorch and its binding. */
  public static String libtorch() {
    return TorchRuntime.version();
  }

  /** Of Java, with its maker. */
  public static String java() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }

  /** Of the operating system, with the processor's architecture. */
  public static String operatingSystem() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }
}
