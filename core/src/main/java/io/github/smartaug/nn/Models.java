package io.github.smartaug.nn;

import io.github.smartaug.tensor.ImageShape;
import java.util.List;

/** The ready models by name. */
public final class Models {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("lenet", LeNet::create),
          new Entry("mlp", MultilayerPerceptron::create),
          new Entry("resnet18", ResNet18::create));

  private Models() {}

  /** Names that {@link #create} knows. */
  public static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  /**
   * The model of that name.
   *
   * <ul>
   *   <li>{@code lenet}: {@link LeNet}, 1 or 3 channels, 28 to 64 pixels
   *   <li>{@code mlp}: {@link MultilayerPerceptron}, any shape
   *   <li>{@code resnet18}: {@link ResNet18}, at least 8 pixels; up to 64 pixels with a 3x3
   *       convolution at the entry, above with the 7x7 convolution and max-pool of the original
   * </ul>
   *
   * @throws IllegalArgumentException if the name is unknown, or the model does not take such images
   */
  public static Model create(String name, ImageShape input, int classes) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown model \"%s\" (known: %s)".formatted(name, String.join(", ", names()))))
        .factory()
        .create(input, classes);
  }

  private record Entry(String name, Factory factory) {}

  private interface Factory {
    Model create(ImageShape input, int classes);
  }
}
