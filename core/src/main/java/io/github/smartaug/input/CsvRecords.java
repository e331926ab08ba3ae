package io.github.smartaug.input;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The records of a CSV file as RFC 4180 has it: fields with commas, quotes or line breaks are
 * quoted, quotes in them doubled. Lines may end in any of the usual ways; empty ones are passed
 * over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvRecords {
  private static final Pattern QUOTED = Pattern.compile("[,\"\r\n]");
  private static final int END = -1;

  private final Reader reader;
  private int next;
  private int linesRead;
  private int line;

  /**
   * A record.
   *
   * @param line on which it begins, from 1
   * @param fields at least one
   */
  public record Line(int line, List<String> fields) {
    /** Copies the list. */
    public Line {
      fields = List.copyOf(fields);
    }
  }

  /** Reads from a buffered reader, which the caller closes. */
  public CsvRecords(Reader reader) throws IOException {
    this.reader = reader;
    this.next = reader.read();
    if (next == '\uFEFF') {
      // Spreadsheets begin a text in UTF-8 so.
      next = reader.read();
    }
  }

  /**
   * All records of a text.
   *
   * @throws IllegalArgumentException if quotes are wrong; the message begins with the line
   */
  public static List<Line> all(String text) {
    List<Line> all = new ArrayList<>();
    try {
      CsvRecords records = new CsvRecords(new StringReader(text));
      for (List<String> fields = records.read(); !fields.isEmpty(); fields = records.read()) {
        all.add(new Line(records.line(), fields));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
    return all;
  }

  /** A text as a field, quoted where it has to be. */
  public static String field(String text) {
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** The line on which the last record began, from 1. */
  public int line() {
    return line;
  }

  /**
   * The fields of the next record; none at the end of the file.
   *
   * @throws IllegalArgumentException if quotes are wrong; the message begins with the line
   */
  public List<String> read() throws IOException {
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
        if (next == '"') {
          throw wrong(
              "has a quote within a field, allowed: fields in quotes, quotes in them doubled");
        }
        text.append((char) advance());
      }
      return text.toString();
    }
    advance();
    while (next != '"' || advancesTo('"')) {
      if (next == END) {
        throw wrong("has a quote that is never closed, allowed: one after the field");
      }
      text.append((char) advance());
    }
    if (!endsField()) {
      throw wrong("has text after a quote, allowed: a comma or the end of the line");
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
    next = reader.read();
    if (current == '\n' || (current == '\r' && next != '\n')) {
      linesRead++;
    }
    return current;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("line " + line + " " + what);
  }
}
