package io.github.smartaug.examples;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.Dataset;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.InMemory;
import io.github.smartaug.data.LoaderOptions;
import io.github.smartaug.random.RandomStream;
import java.util.List;

/**
 * Images of one's own, which a program computes: stripes from left to right, and from top to
 * bottom.
 *
 * @param size number of images
 * @param purpose what they are for: other images for another one
 */
public record Gratings(int size, String purpose) implements Dataset {
  private static final ImageShape SHAPE = new ImageShape(1, 16, 16);
  private static final double WHITE = 255;

  /** Training and test images, computed whenever a batch needs them. */
  public static DatasetBundle bundle() {
    List<String> classes = List.of("upright", "lying");
    LoaderOptions anew = new LoaderOptions(InMemory.NEVER, 2, 2);
    return DatasetBundle.of(
        "gratings",
        "computed",
        ImageDataset.of(new Gratings(400, "training"), classes, anew),
        ImageDataset.of(new Gratings(100, "test"), classes, anew));
  }

  @Override
  public Labelled get(int index) {
    RandomStream random = RandomStream.of(index, purpose);
    double waves = 1 + 3 * random.nextDouble();
    double phase = random.nextDouble();
    int label = index % 2;
    byte[] pixels = new byte[SHAPE.height() * SHAPE.width()];
    for (int i = 0; i < pixels.length; i++) {
      int position = label == 0 ? i % SHAPE.width() : i / SHAPE.width();
      double angle = 2 * Math.PI * (phase + waves * position / SHAPE.width());
      pixels[i] = (byte) Math.round(WHITE * (0.5 + 0.5 * Math.sin(angle)));
    }
    return new Labelled(DecodedImage.of(SHAPE, pixels), label);
  }
}
