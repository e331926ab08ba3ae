package io.github.smartaug.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.run.RunJson;
import java.io.PrintStream;

/** JSON objects, one a line, each with its kind as its first field, {@code event}. */
public final class JsonEvents {
  private final PrintStream out;

  /** Written there, each at once. */
  public JsonEvents(PrintStream out) {
    this.out = out;
  }

  /**
   * Writes an object.
   *
   * @param event its kind
   * @param content becomes an object, with names in snake_case
   */
  public void write(String event, Object content) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("event", event);
    JsonNode fields = RunJson.tree(content);
    object.setAll((ObjectNode) fields);
    out.println(RunJson.line(object));
    out.flush();
  }
}
