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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What runs Python needs one with the library; its name may be in {@code SMARTAUG_PYTHON}, {@code
 * PYTHONPATH} goes to it.
 */
class PythonExportTest {
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
            TransformSets.named("everything"),
            PolicyOptions.builder().repeats(PolicyOptions.Repeats.LEFT_OUT).build())
        .withLearnedMagnitudes(0.7);
  }

  private Path write(LearnablePolicy policy, PythonLibrary library) throws IOException {
    return Files.writeString(
        folder.resolve("learned_policy.py"),
        PythonExport.of(policy, library, "learned_policy", "0.1"));
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

  private void assumeThere(PythonLibrary library) throws IOException, InterruptedException {
    assumePython();
    String name = library.name().toLowerCase(Locale.ROOT);
    assumeTrue(run("-c", "import " + name).code() == 0, "no Python with " + name);
  }

  private static void assumePython() {
    assumeTrue(Files.isExecutable(Path.of(python())), "no Python");
  }

  /**
   * Every library with every border and interpolation, runs of affine transforms composed or not.
   */
  static Stream<Arguments> cases() {
    return Arrays.stream(PythonLibrary.values())
        .flatMap(
            library ->
                Stream.concat(
                        Arrays.stream(Sampling.Border.values())
                            .map(
                                border ->
                                    border == Sampling.Border.ZEROS
                                        ? Sampling.DEFAULT
                                        : Sampling.DEFAULT
                                            .with(border)
                                            .with(Sampling.AffineChains.COMPOSED)),
                        Stream.of(Sampling.DEFAULT.with(Sampling.Interpolation.NEAREST)))
                    .map(sampling -> Arguments.of(library, sampling)));
  }

  @Test
  void every_function_can_be_exported() {
    assertThat(ExportedTransforms.FUNCTIONS)
        .containsAll(
            Transforms.entries().stream().map(TransformType::function).distinct().toList());
  }

  @ParameterizedTest
  @EnumSource
  void the_file_is_whole_and_python_compiles_it(PythonLibrary library)
      throws IOException, InterruptedException {
    Path file = write(everything(), library);

    assertThat(file)
        .content()
        .contains("exported by SmartAug 0.1", "from learned_policy import", "TOLERANCE = 0.001")
        .doesNotContainPattern("@[a-z_.]+@");
    assumePython();
    Ended ended = run("-m", "py_compile", "learned_policy.py");
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void every_function_has_its_part_in_the_file(PythonLibrary library) {
    String python = PythonExport.of(everything(), library, "learned_policy", "0.1");
    String functions = python.substring(python.indexOf("FUNCTIONS = {"));

    for (String function : ExportedTransforms.FUNCTIONS) {
      boolean moves = python.matches("(?s).*AFFINE = \\{[^}]*\"" + function + "\".*");
      assertThat(
              moves || function.equals("identity") || functions.contains('"' + function + "\": "))
          .as(function)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_policy_for_each_class_is_refused(PythonLibrary library) {
    LearnablePolicy perClass =
        IndependentPolicy.initial(
            TransformSets.named("base"), PolicyOptions.builder().classes(3).build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonExport.of(perClass, library, "x", "0.1"))
        .withMessage("a policy for each class, allowed: one for the images of all classes");
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_would_hide_what_it_imports_is_refused(PythonLibrary library) {
    String name = library.name().toLowerCase(Locale.ROOT);

    for (String module : List.of(name, "json")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PythonExport.requireFree(library, module))
          .withMessage(module + ".py would hide the module " + module + ", allowed: another name");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_file_agrees_with_the_library_and_says_so(PythonLibrary library, Sampling sampling)
      throws IOException, InterruptedException {
    assumeThere(library);
    write(everything().withSampling(sampling), library);

    Ended ended = run("learned_policy.py");

    assertThat(ended.output())
        .containsPattern("(?m)^(\\d+) of \\1 agree with SmartAug within 0.001$");
    assertThat(ended.code()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void the_file_says_so_when_a_value_was_changed(PythonLibrary library)
      throws IOException, InterruptedException {
    assumeThere(library);
    Path file = write(everything(), library);
    String python = Files.readString(file);
    String range = python.replaceFirst("\"max\" : 180.0", "\"max\" : 170.0");
    String probability = python.replaceFirst("(\"probability\" : 0\\.\\d{4})\\d", "$19");
    String repeats = python.replaceFirst("\"repeats\" : \"left-out\"", "\"repeats\" : \"applied\"");
    assertThat(List.of(range, probability, repeats)).doesNotContain(python);

    Files.writeString(file, range);
    Ended ended = run("learned_policy.py");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("differs by ").contains("Rotate at 0.87");

    Files.writeString(file, probability);
    ended = run("learned_policy.py");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("chooses ");

    Files.writeString(file, repeats);
    ended = run("learned_policy.py");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("draws [");
  }

  private void passes(LearnablePolicy policy, PythonLibrary library, String program)
      throws IOException, InterruptedException {
    assumeThere(library);
    write(policy, library);

    Ended ended = run("-W", "ignore", "-c", program);

    assertThat(ended.output()).endsWith("passed\n");
    assertThat(ended.code()).isZero();
  }

  private static LearnablePolicy sequences() {
    return SequencePolicy.initial(
        TransformSets.named("everything"), PolicyOptions.builder().build());
  }

  @Test
  void torchvision_augments_images_of_every_kind_and_keeps_their_kind()
      throws IOException, InterruptedException {
    passes(
        sequences(),
        PythonLibrary.TORCHVISION,
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
        assert "Rotate" in repr(augment)
        print("passed")
        """);
  }

  @Test
  void kornia_augments_every_image_of_a_batch_and_passes_gradients()
      throws IOException, InterruptedException {
    passes(
        everything(),
        PythonLibrary.KORNIA,
        """
        import torch
        import learned_policy
        from learned_policy import LearnedAugmentation, apply, draws
        augment = LearnedAugmentation(generator=torch.Generator().manual_seed(3))
        for shape in ([6, 3, 33, 20], [6, 1, 8, 8], [6, 3, 1, 1], [1, 3, 1, 9]):
            for _ in range(10):
                result = augment(torch.rand(shape))
                assert list(result.shape) == shape and 0 <= result.min() and result.max() <= 1
        images = torch.rand([16, 3, 20, 20])
        first = LearnedAugmentation(generator=torch.Generator().manual_seed(5))(images)
        again = LearnedAugmentation(generator=torch.Generator().manual_seed(5))(images)
        assert torch.equal(first, again)
        # An image of a batch gets what it gets alone.
        fixed = [i for i, t in enumerate(learned_policy.POLICY["transforms"])
                 if t["function"] in ("rotate", "shear", "contrast", "color", "blur", "equalize", "flip")]
        drawn = [[(fixed[(i + n) % len(fixed)], 0.13 + 0.05 * i) for n in range(2)] for i in range(16)]
        together = apply(images, drawn)
        for i in range(16):
            assert (together[i] - apply(images[i:i + 1], drawn[i:i + 1])[0]).abs().max() < 1e-5
        learning = LearnedAugmentation(learn_magnitudes=True)
        images.requires_grad_(True)
        learning(images, drawn).square().sum().backward()
        gradient = learning.magnitudes.grad
        smooth = [i for i in fixed if learned_policy.POLICY["transforms"][i]["function"] in ("rotate", "contrast", "color")]
        assert torch.isfinite(gradient).all() and all(gradient[i] != 0 for i in smooth)
        assert images.grad.abs().sum() > 0
        assert not LearnedAugmentation().magnitudes.requires_grad
        print("passed")
        """);
  }

  @Test
  void albumentations_augments_images_of_every_kind_and_replays_them()
      throws IOException, InterruptedException {
    passes(
        sequences(),
        PythonLibrary.ALBUMENTATIONS,
        """
        import random
        import albumentations as A
        import numpy as np
        from learned_policy import LearnedAugmentation
        generator = np.random.default_rng(3)
        transform = A.Compose([LearnedAugmentation()])
        for shape in ((9, 7, 3), (8, 8, 1), (33, 20), (1, 1, 3)):
            for _ in range(40):
                levels = transform(image=generator.integers(0, 256, shape, dtype=np.uint8))["image"]
                assert levels.shape == shape and levels.dtype == np.uint8
                floats = transform(image=generator.random(shape, dtype=np.float32))["image"]
                assert floats.shape == shape and floats.dtype == np.float32
                assert 0 <= floats.min() and floats.max() <= 1
        image = generator.integers(0, 256, (20, 30, 3), dtype=np.uint8)
        before = image.copy()
        replay = A.ReplayCompose([LearnedAugmentation()])
        results = [replay(image=image) for _ in range(20)]
        assert len({result["image"].tobytes() for result in results}) > 10
        for result in results:
            again = A.ReplayCompose.replay(result["replay"], image=image)["image"]
            assert np.array_equal(again, result["image"])
        assert np.array_equal(image, before)
        random.seed(5)
        mask = np.eye(20, 30, dtype=np.uint8)
        assert np.array_equal(transform(image=image, mask=mask)["mask"], mask)
        print("passed")
        """);
  }
}
