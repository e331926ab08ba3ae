/** A run as a page for people. */
package io.github.smartaug.run.report;
