/** A comparison of ways to train, from the command line: its runs, its table, its page. */
package io.github.smartaug.cli.benchmark;
