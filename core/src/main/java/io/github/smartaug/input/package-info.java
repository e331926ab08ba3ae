/**
 * Checks of input: JSON fields whose errors name file and field, pickles of which nothing is run,
 * and ranges of numbers.
 */
package io.github.smartaug.input;
