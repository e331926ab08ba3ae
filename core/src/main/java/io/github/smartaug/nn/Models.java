package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.zoo.Zoo;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.registry.Registry;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The model architectures by name. */
public final class Models {
  private static final Registry<ModelType> REGISTRY =
      new Registry<>("model", ModelType.class, builtIn());

  private Models() {}

  private static List<ModelType> builtIn() {
    List<ModelType> all = new ArrayList<>();
    all.add(
        new Row(
            "lenet",
            "two convolutions and two linear layers; 1 or 3 channels, 28 to 64 pixels",
            LeNet::create));
    all.add(
        new Row(
            "mlp",
            "three linear layers (500, 256, classes); images of any shape",
            MultilayerPerceptron::create));
    all.addAll(Zoo.entries());
    return all;
  }

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<ModelType> entries() {
    return REGISTRY.entries();
  }

  /**
   * The entry of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ModelType named(String name) {
    return REGISTRY.named(name);
  }

  /**
   * Adds a model, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(ModelType model) {
    REGISTRY.register(model);
  }

  /**
   * Takes back a model that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  /**
   * The model of that name for such images.
   *
   * @throws IllegalArgumentException if the name is unknown, or the model does not take such images
   */
  public static Model create(String name, ImageShape input, int classes) {
    return named(name).create(input, classes);
  }

  /**
   * The parameters of a model's head: those whose shapes depend on the number of classes.
   *
   * @return their names in order
   * @throws IllegalArgumentException if the name is unknown, or the model does not take such images
   */
  public static Set<String> head(String name, ImageShape input, int classes) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors here = create(name, input, classes).initialParameters(RandomStream.seeded(0));
      NamedTensors more =
          create(name, input, classes + 1).initialParameters(RandomStream.seeded(0));
      Set<String> head = new LinkedHashSet<>();
      for (String parameter : here.names()) {
        if (!Arrays.equals(here.get(parameter).shape(), more.get(parameter).shape())) {
          head.add(parameter);
        }
      }
      return Collections.unmodifiableSet(head);
    }
  }

  private record Row(String name, String description, Factory factory) implements ModelType {
    @Override
    public Model create(ImageShape input, int classes) {
      return factory.create(input, classes);
    }
  }

  private interface Factory {
    Model create(ImageShape input, int classes);
  }
}
