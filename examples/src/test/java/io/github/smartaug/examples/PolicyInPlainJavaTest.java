package io.github.smartaug.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyInPlainJavaTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/github/smartaug/examples/PolicyInPlainJava.java");

  @Test
  void the_program_writes_copies_that_differ(@TempDir Path folder) throws IOException {
    Path policy = folder.resolve("policy.json");
    try (TensorScope scope = TensorScope.open()) {
      new PolicyFile(
              IndependentPolicy.initial(TransformSets.named("wide"), PolicyOptions.learned(2)),
              Map.of())
          .write(policy);
    }
    Path picture = folder.resolve("picture.png");
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().drawString("R", 5, 15);
    ImageIO.write(image, "png", picture.toFile());

    PolicyInPlainJava.main(
        new String[] {policy.toString(), picture.toString(), "5", folder.toString()});

    Set<Integer> different = new HashSet<>();
    for (int copy = 0; copy < 5; copy++) {
      byte[] file = Files.readAllBytes(folder.resolve(copy + ".png"));
      different.add(Arrays.hashCode(file));
    }
    assertThat(different).hasSizeGreaterThan(2);
  }

  @Test
  void the_page_quotes_the_program() throws IOException {
    String source = Files.readString(SOURCE);
    String program =
        source.substring(source.indexOf("    AugmentationPolicy"), source.lastIndexOf("  }\n}"));

    assertThat(Files.readString(Path.of("../docs/policy-in-java.md")))
        .contains("```java\n" + program.replaceAll("(?m)^ {4}", "") + "```\n");
  }
}
