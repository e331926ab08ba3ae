package io.github.smartaug.nn;

/** A layer made of layers: it has no values of its own, only theirs. */
sealed interface Container extends Layer permits Sequential, Residual {}
