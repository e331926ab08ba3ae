/**
 * Reads the columns of Parquet files that tables of images have: texts, bytes and whole numbers, in
 * structs but not in lists, row by row and without a file in memory.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">Apache Parquet: file format</a>
 */
package io.github.smartaug.data.parquet;
