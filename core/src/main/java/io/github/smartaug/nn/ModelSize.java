package io.github.smartaug.nn;

/**
 * How large a model is.
 *
 * @param parameters number of values that are learned
 * @param multiplyAdds multiplications that are added up in the forward pass of one image, in
 *     convolutions and matrix products
 */
public record ModelSize(long parameters, long multiplyAdds) {}
