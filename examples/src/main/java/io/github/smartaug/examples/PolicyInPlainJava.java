package io.github.smartaug.examples;

import io.github.smartaug.policy.AugmentationPolicy;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Augments a picture without native libraries: {@code policy.json picture.png copies folder}. */
public final class PolicyInPlainJava {
  private PolicyInPlainJava() {}

  /** Writes as many copies as the third argument says, each drawn anew, to the folder. */
  public static void main(String[] arguments) throws IOException {
    AugmentationPolicy policy = AugmentationPolicy.read(Path.of(arguments[0]));
    BufferedImage picture = ImageIO.read(new File(arguments[1]));
    long seed = 42;
    for (int copy = 0; copy < Integer.parseInt(arguments[2]); copy++) {
      BufferedImage augmented = policy.augment(picture, seed, copy);
      ImageIO.write(augmented, "png", new File(arguments[3], copy + ".png"));
    }
  }
}
