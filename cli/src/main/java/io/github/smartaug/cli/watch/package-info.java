/** A run that is looked at while it goes on. */
package io.github.smartaug.cli.watch;
