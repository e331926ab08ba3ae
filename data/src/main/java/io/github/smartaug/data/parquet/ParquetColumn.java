package io.github.smartaug.data.parquet;

/**
 * A column of a file.
 *
 * @param path names of the structs around it and its own, with dots between them
 * @param kind of its values
 * @param depth how many of these may be missing, so that its value is
 */
public record ParquetColumn(String path, Kind kind, int depth) {
  /** Kinds of values; the column may have missing ones, which are null. */
  public enum Kind {
    /** {@code Long}, stored in 4 bytes. */
    INT32,
    /** {@code Long}. */
    INT64,
    /** {@code byte[]}: texts are UTF-8. */
    BYTES,
    /** Not read. */
    OTHER
  }
}
