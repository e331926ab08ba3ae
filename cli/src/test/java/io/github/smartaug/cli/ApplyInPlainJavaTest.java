package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.policy.AugmentationPolicy;
import io.github.smartaug.policy.DrawStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/policy-in-java.md says of {@code apply}: another program can do the same. */
class ApplyInPlainJavaTest {
  @TempDir Path folder;

  @Test
  void a_picture_becomes_what_apply_makes_of_it() throws IOException {
    Path file = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      new PolicyFile(
              IndependentPolicy.initial(TransformSets.named("wide"), PolicyOptions.learned(2)),
              Map.of())
          .write(file);
    }
    Path picture = folder.resolve("cat.png");
    Pictures.write(picture, Pictures.colour(40, 30));
    AugmentationPolicy policy = AugmentationPolicy.read(file);
    int changed = 0;
    for (int seed = 0; seed < 6; seed++) {
      Path result = folder.resolve("new" + seed + ".png");
      assertThat(
              InProcess.run("apply", "--policy", file, "--seed", seed, picture, result).exitCode())
          .isZero();
      int[] own =
          levels(
              policy.apply(
                  ImageIO.read(picture.toFile()),
                  policy.draw(DrawStream.of(seed, "apply/1/cat.png"))));
      int[] applied = levels(ImageIO.read(result.toFile()));
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i]).isBetween(applied[i] - 1, applied[i] + 1);
      }
      changed += Arrays.equals(own, levels(ImageIO.read(picture.toFile()))) ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(2);
  }

  private static int[] levels(BufferedImage picture) {
    return picture
        .getRaster()
        .getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null);
  }
}
