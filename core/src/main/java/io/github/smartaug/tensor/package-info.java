/**
 * The ground: libtorch's set-up and guards, native memory, named tensors, random streams, tensor
 * files.
 */
package io.github.smartaug.tensor;
