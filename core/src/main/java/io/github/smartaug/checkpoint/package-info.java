/** Saving the state of a run to files of tensors and JSON, and restoring it. */
package io.github.smartaug.checkpoint;
