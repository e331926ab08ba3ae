package io.github.smartaug.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a CSV file as RFC 4180 has it: fields with commas, quotes or line breaks are quoted,
 * quotes in them doubled. Lines end with {@code \n} or {@code \r\n}; empty ones are passed over.
 */
final class CsvRecords {
  private static final Pattern QUOTED = Pattern.compile("[,\"\r\n]");
  private static final int END = -1;

  private final Reader reader;
  private int next;
  private int linesRead;
  private int line;

  /** Reads from a buffered reader. */
  CsvRecords(Reader reader) throws IOException {
    this.reader = reader;
    this.next = reader.read();
    if (next == '\uFEFF') {
      // Spreadsheets begin a text in UTF-8 so.
      next = reader.read();
    }
  }

  /** Appends a text as a field. */
  static void write(String text, Appendable out) throws IOException {
    if (QUOTED.matcher(text).find()) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }

  /** The line on which the last record began, from 1. */
  int line() {
    return line;
  }

  /**
   * The fields of the next record; none at the end of the file.
   *
   * @throws IllegalArgumentException if quotes are wrong; the message does not name the line
   */
  List<String> read() throws IOException {
    while (next == '\n' || next == '\r') {
      advance();
    }
    line = linesRead + 1;
    List<String> fields = new ArrayList<>();
    if (next == END) {
      return fields;
    }
    fields.add(field());
    while (next == ',') {
      advance();
      fields.add(field());
    }
    return fields;
  }

  private String field() throws IOException {
    StringBuilder text = new StringBuilder();
    if (next != '"') {
      while (!endsField()) {
        text.append((char) advance());
      }
      return text.toString();
    }
    advance();
    while (next != '"' || advancesTo('"')) {
      if (next == END) {
        throw new IllegalArgumentException("a quotation mark is not closed");
      }
      text.append((char) advance());
    }
    if (!endsField()) {
      throw new IllegalArgumentException(
          "text behind a closing quotation mark, allowed: a comma or the end of the line");
    }
    return text.toString();
  }

  private boolean endsField() {
    return next == ',' || next == '\n' || next == '\r' || next == END;
  }

  private boolean advancesTo(char wanted) throws IOException {
    advance();
    return next == wanted;
  }

  private int advance() throws IOException {
    int current = next;
    if (current == '\n') {
      linesRead++;
    }
    next = reader.read();
    return current;
  }
}
