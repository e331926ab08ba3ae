package io.github.smartaug.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into rows and fields as RFC 4180 describes them: commas between fields; quotes
 * around those that hold commas, line breaks or, doubled, quotes. Lines may end in any of the usual
 * ways; empty ones are left out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvRows {
  private static final int END = -1;

  private final String text;
  private int position;
  private int line = 1;

  private CsvRows(String text) {
    this.text = text;
  }

  /**
   * A row.
   *
   * @param line on which it begins, from 1
   * @param fields at least one
   */
  record Row(int line, List<String> fields) {}

  /**
   * The rows of a text.
   *
   * @throws IllegalArgumentException if quotes are not as described; the message says in which line
   */
  static List<Row> of(String text) {
    CsvRows reader = new CsvRows(text);
    List<Row> rows = new ArrayList<>();
    while (reader.peek() != END) {
      Row row = reader.row();
      if (!row.fields().equals(List.of(""))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private Row row() {
    int first = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (peek() == ',') {
      position++;
      fields.add(field());
    }
    endLine();
    return new Row(first, List.copyOf(fields));
  }

  /** Passes over {@code \n}, {@code \r\n} or {@code \r}. */
  private void endLine() {
    if (peek() == '\r') {
      position++;
      if (peek() != '\n') {
        line++;
        return;
      }
    }
    if (peek() == '\n') {
      position++;
      line++;
    }
  }

  private static boolean endsField(int character) {
    return character == END || character == ',' || character == '\r' || character == '\n';
  }

  private String field() {
    if (peek() == '"') {
      return quoted();
    }
    int start = position;
    while (!endsField(peek())) {
      if (peek() == '"') {
        throw wrong(
            "has a quote within a field, allowed: fields in quotes, quotes in them doubled");
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() {
    int first = line;
    StringBuilder field = new StringBuilder();
    position++;
    while (true) {
      int character = peek();
      position++;
      if (character == END) {
        line = first;
        throw wrong("has a quote that is never closed, allowed: one after the field");
      }
      if (character == '"' && peek() != '"') {
        break;
      }
      if (character == '"') {
        position++;
      }
      line += character == '\n' ? 1 : 0;
      field.append((char) character);
    }
    if (!endsField(peek())) {
      throw wrong("has text after a quote, allowed: a comma or the end of the line");
    }
    return field.toString();
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("line " + line + " " + what);
  }
}
