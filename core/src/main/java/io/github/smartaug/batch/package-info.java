/** Images and their classes as tensors: shapes, batches, sources of batches, normalisation. */
package io.github.smartaug.batch;
