/**
 * A training run on disk: what the files of a run folder are and how they are written and read, and
 * a trained run as a classifier.
 */
package io.github.smartaug.run;
