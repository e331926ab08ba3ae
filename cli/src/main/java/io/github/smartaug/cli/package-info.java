/** The command line: commands, their help, and what they say when something is wrong. */
package io.github.smartaug.cli;
