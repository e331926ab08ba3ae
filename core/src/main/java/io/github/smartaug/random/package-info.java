/** Random streams that follow from a seed, and whose state can be saved. */
package io.github.smartaug.random;
