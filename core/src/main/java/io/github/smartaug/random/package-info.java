/** Random numbers that depend only on a seed, from generators whose state can be saved. */
package io.github.smartaug.random;
