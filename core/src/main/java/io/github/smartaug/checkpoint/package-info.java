/** States of a run as tensors and JSON, and on disk. */
package io.github.smartaug.checkpoint;
