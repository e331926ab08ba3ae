/**
 * Functional models: layers and networks that get their parameters and buffers as arguments.
 *
 * <p>A network is a {@link io.github.smartaug.nn.Layer} tree made a model by {@link
 * io.github.smartaug.nn.LayeredModel}; {@link io.github.smartaug.nn.Models} knows the ready ones by
 * name, and {@link io.github.smartaug.nn.TorchScriptModel} reads one that comes from Python.
 * Parameters bear the names of PyTorch's state dictionaries: a {@link
 * io.github.smartaug.nn.StateDictionary} is read from a file, a {@link
 * io.github.smartaug.nn.WeightTransfer} gives it to a model, and a {@link
 * io.github.smartaug.nn.FrozenModel} keeps some of it as it is.
 *
 * <p>Layers to build a network of: {@link io.github.smartaug.nn.Conv2d}, {@link
 * io.github.smartaug.nn.Linear} (with or without a {@link io.github.smartaug.nn.Bias}, weights
 * drawn by an {@link io.github.smartaug.nn.Initializer}), {@link
 * io.github.smartaug.nn.BatchNorm2d}, {@link io.github.smartaug.nn.ReLU}, {@link
 * io.github.smartaug.nn.Dropout}, {@link io.github.smartaug.nn.Flatten}, {@link
 * io.github.smartaug.nn.MaxPool2d}, {@link io.github.smartaug.nn.AvgPool2d} and {@link
 * io.github.smartaug.nn.AdaptiveAvgPool2d} (over a {@link io.github.smartaug.nn.Window}); {@link
 * io.github.smartaug.nn.Sequential} and {@link io.github.smartaug.nn.Residual} put them together.
 * Ready networks: {@link io.github.smartaug.nn.LeNet}, {@link
 * io.github.smartaug.nn.MultilayerPerceptron}, {@link io.github.smartaug.nn.ResNet18}.
 */
package io.github.smartaug.nn;
