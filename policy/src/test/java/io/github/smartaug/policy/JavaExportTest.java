package io.github.smartaug.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.export.JavaExport;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported Java files are compiled and run with nothing but this module. */
class JavaExportTest {
  @TempDir private Path folder;
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Path module() throws URISyntaxException {
    return Path.of(
        AugmentationPolicy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static LearnablePolicy policy(String set) {
    return IndependentPolicy.initial(TransformSets.named(set), PolicyOptions.builder().build())
        .withLearnedMagnitudes(0.7);
  }

  private Path write(PolicyFile file) throws IOException {
    return Files.writeString(
        folder.resolve("LearnedPolicy.java"), JavaExport.of(file, "LearnedPolicy", "0.1"));
  }

  /** The policy that the compiled class holds. */
  private AugmentationPolicy compiled(PolicyFile file) throws Exception {
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-encoding",
                "US-ASCII",
                "-cp",
                module().toString(),
                write(file).toString());
    assertThat(code).isZero();
    URL[] path = {folder.toUri().toURL(), module().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      return (AugmentationPolicy) loader.loadClass("LearnedPolicy").getField("POLICY").get(null);
    }
  }

  @Test
  void the_class_draws_and_does_what_the_file_of_every_set_says() throws Exception {
    byte[] levels = new byte[3 * 18 * 20];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i * 31);
    }
    PixelFormat format = PixelFormat.planar(3, 18, 20);
    for (String set : TransformSets.names()) {
      LearnablePolicy policy = policy(set);
      AugmentationPolicy exported = compiled(new PolicyFile(policy, Map.of()));
      AugmentationPolicy read = LibraryTwin.read(LibraryTwin.json(policy));

      for (int i = 0; i < 20; i++) {
        assertThat(exported.draw(7, i)).as(set).isEqualTo(read.draw(7, i));
        assertThat(exported.augment(levels, format, 7, i))
            .as(set)
            .isEqualTo(read.augment(levels, format, 7, i));
      }
    }
  }

  @Test
  void a_policy_larger_than_a_constant_of_a_class_compiles() throws Exception {
    PolicyOptions options = PolicyOptions.builder().length(3).classes(10).build();
    LearnablePolicy policy = SequencePolicy.initial(TransformSets.named("randaugment"), options);
    PolicyFile file = new PolicyFile(policy, Map.of());
    assertThat(file.toJson().length()).isGreaterThan(65_535);

    AugmentationPolicy exported = compiled(file);

    assertThat(exported.classes()).isEqualTo(10);
    assertThat(exported.drawForClass(1, DrawStream.of(3, "x")))
        .isEqualTo(
            LibraryTwin.read(LibraryTwin.json(policy)).drawForClass(1, DrawStream.of(3, "x")));
  }

  @Test
  void text_of_all_kinds_comes_through() throws Exception {
    Map<String, String> provenance =
        Map.of(
            "quoted",
            "a \"\"\"block\"\"\" and \"\" and \\ and \\\" and \\u0041",
            "other",
            "\u00e9\u4e2d\ud83d\ude00 tab\tline\nend",
            "long",
            "words and spaces ".repeat(40) + "  ");

    assertThat(compiled(new PolicyFile(policy("base"), provenance)).provenance())
        .containsExactlyInAnyOrderEntriesOf(provenance);
  }

  @Test
  void the_file_augments_a_picture_by_itself() throws Exception {
    Path source = write(new PolicyFile(policy("base"), Map.of()));
    BufferedImage picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().fillRect(5, 5, 10, 10);
    ImageIO.write(picture, "png", folder.resolve("in.png").toFile());

    assertThat(java(source, "in.png", "out.png", "4")).isZero();

    BufferedImage written = ImageIO.read(folder.resolve("out.png").toFile());
    BufferedImage expected =
        LibraryTwin.read(LibraryTwin.json(policy("base"))).augment(picture, 4, 0);
    assertThat(written.getRGB(0, 0, 30, 20, null, 0, 30))
        .isEqualTo(expected.getRGB(0, 0, 30, 20, null, 0, 30));
    assertThat(java(source)).isEqualTo(2);
    assertThat(java(source, "LearnedPolicy.java", "out.png")).isEqualTo(2);
  }

  private int java(Path source, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                module().toString(),
                source.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void what_the_module_does_not_know_is_refused() {
    TransformSet own =
        TransformSet.of(
            "own",
            new NamedTransform("Mine", (images, values) -> images, MagnitudeRange.direct(0, 1)));
    PolicyFile file =
        new PolicyFile(IndependentPolicy.initial(own, PolicyOptions.builder().build()), Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaExport.of(file, "LearnedPolicy", "0.1"))
        .withMessageStartingWith(
            "transform \"Mine\": its function is not one of SmartAug's own, allowed: autocontrast,");
  }
}
