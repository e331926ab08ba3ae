package io.github.smartaug.nn.zoo;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.Bias;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.FirstToken;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayerNorm;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.ScaledDotProductAttention;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.TokenEmbedding;
import io.github.smartaug.nn.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021, as in torchvision.
 *
 * @param depth number of blocks
 * @param heads number of heads of the attention
 * @param features of a token
 */
record VisionTransformer(int depth, int heads, int features) implements Architecture.Builder {
  /** Height and width of a patch in pixels. */
  static final int PATCH = 16;

  private static final double EPSILON = 1e-6;
  private static final int EXPANSION = 4;
  private static final Initializer ZERO = Initializer.constant(0);

  @Override
  public Layer network(ImageShape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(tokens(input));
    for (int i = 0; i < depth; i++) {
      String name = "encoder.layers.encoder_layer_" + i;
      layers.add(attention(name));
      layers.add(perceptron(name));
    }
    layers.add(new LayerNorm("encoder.ln", features, EPSILON));
    layers.add(new FirstToken());
    layers.add(new Linear("heads.head", features, classes, ZERO, ZERO));
    return new Sequential(layers);
  }

  private Layer tokens(ImageShape input) {
    double fanIn = (double) input.channels() * PATCH * PATCH;
    Layer patches =
        new Conv2d(
            "conv_proj",
            input.channels(),
            features,
            Window.of(PATCH).withStride(PATCH),
            Bias.ZERO,
            Initializer.normal(Math.sqrt(1 / fanIn)));
    int count = input.height() / PATCH * (input.width() / PATCH);
    return new TokenEmbedding(patches, "class_token", "encoder.pos_embedding", count, features);
  }

  private Layer attention(String name) {
    String self = name + ".self_attention.";
    return around(
        new LayerNorm(name + ".ln_1", features, EPSILON),
        new Linear(
            self + "in_proj_weight",
            self + "in_proj_bias",
            features,
            3 * features,
            Initializer.xavierUniform(),
            ZERO),
        new ScaledDotProductAttention(heads),
        new Linear(self + "out_proj", features, features, Initializer.kaimingUniform(), ZERO));
  }

  private Layer perceptron(String name) {
    int inner = EXPANSION * features;
    return around(
        new LayerNorm(name + ".ln_2", features, EPSILON),
        perceptronLayer(name + ".mlp.0", features, inner),
        Activation.GELU,
        perceptronLayer(name + ".mlp.3", inner, features));
  }

  private static Layer perceptronLayer(String name, int inputs, int outputs) {
    return new Linear(name, inputs, outputs, Initializer.xavierUniform(), Initializer.normal(1e-6));
  }

  private static Layer around(Layer... layers) {
    return new Residual(Sequential.of(layers), Sequential.of());
  }
}
