/** Differentiable image transforms, the ranges of their values, and sets of them in files. */
package io.github.smartaug.transform;
