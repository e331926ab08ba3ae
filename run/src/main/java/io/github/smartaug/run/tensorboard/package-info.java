/** A run in the files of TensorBoard. */
package io.github.smartaug.run.tensorboard;
