/**
 * The architectures behind the names of {@link io.github.smartaug.nn.Models}: those of torchvision,
 * with its names of parameters and its first values, and those of the literature on small images.
 */
package io.github.smartaug.nn.zoo;
