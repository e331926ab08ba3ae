package io.github.smartaug.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.TransformType;
import io.github.smartaug.transform.Transforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs Python needs one with torchvision; its name may be in {@code SMARTAUG_PYTHON}. */
class TorchvisionExportTest {
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

  private static LearnablePolicy everything() {
    return IndependentPolicy.initial(
            TransformSets.named("everything"), PolicyOptions.builder().build())
        .withLearnedMagnitudes(0.7);
  }

  private Path write(LearnablePolicy policy) throws IOException {
    return Files.writeString(
        folder.resolve("learned_policy.py"), TorchvisionExport.of(policy, "learned_policy", "0.1"));
  }

  private static String python() {
    return System.getenv().getOrDefault("SMARTAUG_PYTHON", "/usr/bin/python3");
  }

  /** Exit code and output of a Python program in the folder. */
  private Ended run(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>(List.of(python()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out));
  }

  private record Ended(int code, String output) {}

  private void assumeTorchvision() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of(python())) && run("-c", "import torch, torchvision").code() == 0,
        "no Python with torchvision");
  }

  @Test
  void every_function_can_be_exported() {
    assertThat(TorchvisionExport.FUNCTIONS)
        .containsAll(
            Transforms.entries().stream().map(TransformType::function).distinct().toList());
    assertThat(TorchvisionExport.of(everything(), "learned_policy", "0.1"))
        .contains("exported by SmartAug 0.1", "from learned_policy import", "TOLERANCE = 0.001")
        .doesNotContain("@policy@", "@conformance@", "@module@", "@version@", "@tolerance@");
  }

  @Test
  void a_policy_for_each_class_is_refused() {
    LearnablePolicy perClass =
        IndependentPolicy.initial(
            TransformSets.named("base"), PolicyOptions.builder().classes(3).build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchvisionExport.of(perClass, "x", "0.1"))
        .withMessage("a policy for each class, allowed: one for the images of all classes");
  }

  @ParameterizedTest
  @EnumSource
  void the_file_agrees_with_the_library_and_says_so(Sampling.Border border)
      throws IOException, InterruptedException {
    assumeTorchvision();
    Sampling sampling =
        border == Sampling.Border.EDGE
            ? Sampling.DEFAULT.with(border).with(Sampling.AffineChains.COMPOSED)
            : Sampling.DEFAULT.with(border);
    write(everything().withSampling(sampling));

    Ended ended = run("learned_policy.py");

    assertThat(ended.output()).matches("(\\d+) of \\1 agree with SmartAug within 0.001\\n");
    assertThat(ended.code()).isZero();
  }

  @Test
  void nearest_pixels_are_exported_too() throws IOException, InterruptedException {
    assumeTorchvision();
    write(everything().withSampling(Sampling.DEFAULT.with(Sampling.Interpolation.NEAREST)));

    Ended ended = run("learned_policy.py");

    assertThat(ended.code()).as(ended.output()).isZero();
  }

  @Test
  void the_file_says_so_when_a_value_was_changed() throws IOException, InterruptedException {
    assumeTorchvision();
    Path file = write(everything());
    String python = Files.readString(file);
    String changed = python.replaceFirst("\"max\" : 180.0", "\"max\" : 170.0");
    assertThat(changed).isNotEqualTo(python);
    Files.writeString(file, changed);

    Ended ended = run("learned_policy.py");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("differs by ").contains("Rotate at 0.87");
  }

  @Test
  void images_of_every_kind_are_augmented_and_keep_their_kind()
      throws IOException, InterruptedException {
    assumeTorchvision();
    write(
        SequencePolicy.initial(TransformSets.named("everything"), PolicyOptions.builder().build()));

    Ended ended =
        run(
            "-c",
            """
            import torch, torchvision
            from learned_policy import LearnedAugmentation
            torch.manual_seed(3)
            augment = LearnedAugmentation()
            for shape in ([3, 9, 7], [1, 8, 8], [4, 3, 33, 20], [3, 1, 1]):
                for _ in range(40):
                    floats = augment(torch.rand(shape))
                    assert list(floats.shape) == shape and 0 <= floats.min() and floats.max() <= 1
                    levels = augment(torch.randint(0, 256, shape, dtype=torch.uint8))
                    assert list(levels.shape) == shape and levels.dtype == torch.uint8
            picture = torchvision.transforms.functional.to_pil_image(torch.rand([3, 20, 30]))
            compose = torchvision.transforms.Compose([augment, torchvision.transforms.ToTensor()])
            assert list(compose(picture).shape) == [3, 20, 30]
            torch.manual_seed(5)
            first = augment(torch.ones([3, 20, 30]) / 2)
            torch.manual_seed(5)
            assert torch.equal(first, augment(torch.ones([3, 20, 30]) / 2))
            print("Rotate" in repr(augment))
            """);

    assertThat(ended.output()).isEqualTo("True\n");
    assertThat(ended.code()).isZero();
  }
}
