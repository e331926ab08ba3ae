/** Runs beside each other, whoever trained them. */
package io.github.smartaug.run.comparison;
