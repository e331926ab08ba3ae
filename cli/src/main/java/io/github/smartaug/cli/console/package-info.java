/** What a person at the terminal sees of a run. */
package io.github.smartaug.cli.console;
