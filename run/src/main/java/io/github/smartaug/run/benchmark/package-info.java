/**
 * A comparison of several ways to train, each over the same seeds: what every run gave, how the
 * differences spread, and what follows from them.
 */
package io.github.smartaug.run.benchmark;
