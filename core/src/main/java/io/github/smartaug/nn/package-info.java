/**
 * Functional models: layers and networks that get their parameters and buffers as arguments.
 *
 * <p>A network is a {@link io.github.smartaug.nn.Layer} tree made a model by {@link
 * io.github.smartaug.nn.LayeredModel}; {@link io.github.smartaug.nn.Models} knows the ready ones by
 * name, and {@link io.github.smartaug.nn.TorchScriptModel} reads one that comes from Python.
 * Parameters bear the names of PyTorch's state dictionaries.
 */
package io.github.smartaug.nn;
