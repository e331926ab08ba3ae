/** Pictures of a run: curves over the epochs, and augmented images. */
package io.github.smartaug.cli.plot;
