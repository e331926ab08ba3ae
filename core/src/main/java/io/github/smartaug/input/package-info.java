/** Checks of input: JSON fields whose errors name file and field, and ranges of numbers. */
package io.github.smartaug.input;
