package io.github.smartaug.examples;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.FrozenLayers;
import io.github.smartaug.nn.FrozenModel;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.PretrainedModel;
import io.github.smartaug.nn.StateDictionary;
import io.github.smartaug.nn.WeightTransfer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Weights from elsewhere, of which only those of the last layer are trained. */
public final class FineTuning {
  private FineTuning() {}

  /**
   * A model that begins with the weights of a file.
   *
   * @param name a registered model, whose weights the file has
   * @param random draws the weights of the last layer, if the file has other classes
   */
  public static Model lastLayerOf(
      String name, Path file, ImageShape images, int classes, RandomGenerator random) {
    StateDictionary weights = StateDictionary.read(file);
    Set<String> head = Models.head(name, images, classes);
    PretrainedModel model =
        WeightTransfer.to(Models.create(name, images, classes), head, weights, random).model();
    Set<String> layers =
        FrozenLayers.choose(List.of("all-but-head"), model.parameters().names(), head);
    return FrozenModel.of(model, layers, random);
  }
}
