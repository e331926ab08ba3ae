/** A training run on disk: its preparation, its folder, and every file in it. */
package io.github.smartaug.cli.run;
