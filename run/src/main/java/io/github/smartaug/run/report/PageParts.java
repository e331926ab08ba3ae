package io.github.smartaug.run.report;

import io.github.smartaug.run.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What every page is made of: one file that needs no other, and no network. */
final class PageParts {
  /** Of the library's jar, whose path holds its version. */
  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js";

  private PageParts() {}

  /**
   * A page.
   *
   * @param title plain text
   * @param script the resource that draws it
   * @param json what it shows
   */
  static String page(String title, String script, String json) {
    return resource("page.html")
        .replace("@title@", escaped(title))
        .replace("@style@", resource("page.css"))
        .replace("@charts@", resource(CHARTS.formatted(Versions.charts())))
        .replace("@helpers@", resource("page.js"))
        .replace("@script@", resource(script))
        // Last, so that nothing is replaced in it. No end of the script can come in JSON's texts.
        .replace("@data@", json.replace("<", "\\u003c"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream in = PageParts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
