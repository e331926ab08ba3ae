/**
 * Writing files and folders completely or not at all, hashes of files, and reasons of failures in
 * words.
 */
package io.github.smartaug.file;
