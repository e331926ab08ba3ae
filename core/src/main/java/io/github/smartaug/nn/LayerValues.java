package io.github.smartaug.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * What a layer computed in a forward pass that was recorded, with its graph.
 *
 * @param input what it was applied to
 * @param output what came out
 * @param note what the layer {@link ForwardPass#leave left} for its tangent besides
 */
public record LayerValues(Tensor input, Tensor output, Optional<Tensor> note) {}
