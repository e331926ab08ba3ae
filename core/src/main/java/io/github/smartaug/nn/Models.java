package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import java.util.List;

/** The ready models by name. */
public final class Models {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("lenet", LeNet::create),
          new Entry("mlp", MultilayerPerceptron::create),
          new Entry(
              "resnet18",
              (input, classes) -> ResNet18.create(input, classes, ResNet18.Stem.LARGE_IMAGES)),
          new Entry(
              "resnet18-3x3",
              (input, classes) -> ResNet18.create(input, classes, ResNet18.Stem.SMALL_IMAGES)));

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
   *   <li>{@code resnet18}: {@link ResNet18} as it is in torchvision, at least 8 pixels
   *   <li>{@code resnet18-3x3}: the same with a 3x3 convolution at the entry and no max-pool, as is
   *       usual for images of 32x32 pixels: ten times the work, and far more accurate on them
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
