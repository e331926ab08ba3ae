package io.github.smartaug.data;

/**
 * A part of an image.
 *
 * @param top first row
 * @param left first column
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
record PixelBox(int top, int left, int height, int width) {}
