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
 * <p>Layers to build a network of: {@link io.github.smartaug.nn.Conv2d} (with or without a {@link
 * io.github.smartaug.nn.Bias}) and {@link io.github.smartaug.nn.Linear}, weights drawn by an {@link
 * io.github.smartaug.nn.Initializer}; {@link io.github.smartaug.nn.DecorrelatedConv2d}; {@link
 * io.github.smartaug.nn.BatchNorm2d}, {@link io.github.smartaug.nn.AuxiliaryBatchNorm2d} and {@link
 * io.github.smartaug.nn.LayerNorm}; {@link io.github.smartaug.nn.ReLU} and {@link
 * io.github.smartaug.nn.Activation}; {@link io.github.smartaug.nn.Dropout} and {@link
 * io.github.smartaug.nn.StochasticDepth}; {@link io.github.smartaug.nn.ScaledDotProductAttention},
 * {@link io.github.smartaug.nn.TokenEmbedding} and {@link io.github.smartaug.nn.FirstToken}; {@link
 * io.github.smartaug.nn.ChannelOrder}, {@link io.github.smartaug.nn.Flatten}, {@link
 * io.github.smartaug.nn.MaxPool2d}, {@link io.github.smartaug.nn.AvgPool2d} and {@link
 * io.github.smartaug.nn.AdaptiveAvgPool2d} (over a {@link io.github.smartaug.nn.Window}); {@link
 * io.github.smartaug.nn.Sequential}, {@link io.github.smartaug.nn.Residual}, {@link
 * io.github.smartaug.nn.Concatenation}, {@link io.github.smartaug.nn.Gated} and {@link
 * io.github.smartaug.nn.LayerScale} put them together. Ready networks: {@link
 * io.github.smartaug.nn.LeNet}, {@link io.github.smartaug.nn.MultilayerPerceptron}, and those of
 * {@link io.github.smartaug.nn.zoo.Zoo}.
 */
package io.github.smartaug.nn;
