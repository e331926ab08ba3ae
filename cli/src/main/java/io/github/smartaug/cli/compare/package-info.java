/** Runs beside each other on the terminal. */
package io.github.smartaug.cli.compare;
