package io.github.smartaug.train;

import io.github.smartaug.tensor.NamedTensors;

/**
 * The model after the epoch that is the best so far by {@link EpochChoice}.
 *
 * @param epoch from 1; 0 before the end of the first
 * @param parameters of the model
 * @param buffers of the model
 */
record BestModel(int epoch, NamedTensors parameters, NamedTensors buffers) {}
