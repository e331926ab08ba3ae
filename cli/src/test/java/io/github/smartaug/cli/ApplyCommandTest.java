package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.Transforms;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
  @TempDir Path folder;
  private int threads;

  @BeforeEach
  void rememberThreads() {
    threads = TorchRuntime.threads();
  }

  @AfterEach
  void restoreThreads() {
    TorchRuntime.setThreads(threads);
  }

  @Test
  void flip_x_mirrors_every_pixel_exactly() {
    BufferedImage image = Pictures.colour(9, 5);
    Path input = Pictures.write(path("a.png"), image);

    assertThat(InProcess.run("apply", "--transform", "flip-x", input, path("b.png")).exitCode())
        .isZero();

    BufferedImage mirrored = Pictures.read(path("b.png"));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 9; x++) {
        assertThat(mirrored.getRGB(x, y)).isEqualTo(image.getRGB(8 - x, y));
      }
    }
  }

  @Test
  void identity_leaves_all_grey_levels_as_they_are() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int[] levels = new int[256];
    Arrays.setAll(levels, i -> i);
    image.getRaster().setSamples(0, 0, 16, 16, 0, levels);
    Path input = Pictures.write(path("a.png"), image);

    InProcess.run("apply", "--transform", "identity", input, path("b.png"));

    BufferedImage written = Pictures.read(path("b.png"));
    assertThat(written.getRaster().getNumBands()).isEqualTo(1);
    assertThat(written.getRaster().getSamples(0, 0, 16, 16, 0, (int[]) null)).isEqualTo(levels);
  }

  @Test
  void an_image_goes_into_an_existing_folder_under_its_name() throws IOException {
    Path input = Pictures.write(path("a.png"), Pictures.colour(3, 2));
    Files.createDirectory(path("out"));

    InProcess.run("apply", "--transform", "identity", input, path("out"));

    assertThat(path("out/a.png")).exists();
  }

  @Test
  void arrays_get_one_value_per_image_as_from_the_library() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      // More than one part.
      Tensor images = torch.rand(300, 3, 7, 5);
      double[] degrees = new double[300];
      Arrays.setAll(degrees, i -> i - 150);
      Tensor values = Tensors.of(degrees, 300).to(ScalarType.Float);
      Npy.write(path("in.npy"), images);
      Npy.write(path("values.npy"), values);

      SmartAugProcess.Result result =
          InProcess.run(
              "apply",
              "--transform=rotate",
              "--values=" + path("values.npy"),
              path("in.npy"),
              path("out.npy"));

      assertThat(result.err()).isEmpty();
      double[] expected = Tensors.toDoubles(Transforms.named("rotate").apply(images, values));
      double[] actual = Tensors.toDoubles(Npy.readFloat32(path("out.npy")));
      assertThat(actual).containsExactly(expected, within(1e-6));
    }
  }

  @Test
  void a_folder_keeps_its_tree_and_the_bytes_do_not_depend_on_the_threads() throws IOException {
    folderOfImages();
    Path policy = policy();

    for (int count = 1; count <= 2; count++) {
      SmartAugProcess.Result result =
          InProcess.run(
              "apply",
              "--policy",
              policy,
              "--copies=2",
              "--threads=" + count,
              path("in"),
              path("out" + count));
      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).isEmpty();
    }

    Map<String, List<Byte>> one = files(path("out1"));
    assertThat(one.keySet())
        .containsExactly("a-1.png", "a-2.png", "deep/er/b-1.png", "deep/er/b-2.png");
    assertThat(one.get("a-1.png")).isNotEqualTo(one.get("a-2.png"));
    assertThat(files(path("out2"))).isEqualTo(one);
  }

  @Test
  void what_an_image_gets_depends_on_the_seed_and_its_name_but_not_on_other_images()
      throws IOException {
    folderOfImages();
    Path policy = policy();

    InProcess.run("apply", "--policy", policy, path("in"), path("all"));
    InProcess.run("apply", "--policy", policy, path("in/a.png"), path("alone.png"));
    InProcess.run("apply", "--policy", policy, "--seed=1", path("in/a.png"), path("other.png"));

    assertThat(path("alone.png")).hasSameBinaryContentAs(path("all/a.png"));
    assertThat(Files.mismatch(path("alone.png"), path("other.png"))).isNotNegative();
  }

  @Test
  void values_of_a_folder_follow_its_sorted_paths() throws IOException {
    folderOfImages();
    try (TensorScope scope = TensorScope.open()) {
      Npy.write(path("values.npy"), Tensors.of(new double[] {1, 0}, 2));
    }

    InProcess.run(
        "apply",
        "--transform=brightness",
        "--values=" + path("values.npy"),
        path("in"),
        path("out"));

    assertThat(Pictures.pixels(Pictures.read(path("out/a.png"))))
        .isEqualTo(Pictures.pixels(Pictures.colour(8, 6)));
    assertThat(Pictures.pixels(Pictures.read(path("out/deep/er/b.png")))).containsOnly(0);
  }

  @Test
  void bad_files_are_skipped_and_make_the_exit_code_1_unless_asked_otherwise() throws IOException {
    folderOfImages();
    Files.writeString(path("in/bad.png"), "not a png");
    Files.writeString(path("in/notes.txt"), "text");

    SmartAugProcess.Result result =
        InProcess.run("apply", "--transform=flip-y", path("in"), path("out"));
    SmartAugProcess.Result tolerant =
        InProcess.run("apply", "--transform=flip-y", "--skip-bad", path("in"), path("out2"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.message()).contains("2 files were skipped").contains("--skip-bad");
    assertThat(tolerant.exitCode()).isZero();
    assertThat(files(path("out")).keySet()).containsExactly("a.png", "deep/er/b.png");
    assertThat(files(path("out2"))).isEqualTo(files(path("out")));
  }

  @Test
  void borders_and_interpolation_are_as_asked_for_transforms_and_policies() throws IOException {
    BufferedImage white = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int[] levels = new int[64];
    Arrays.fill(levels, 255);
    white.getRaster().setSamples(0, 0, 8, 8, 0, levels);
    Path input = Pictures.write(path("white.png"), white);

    InProcess.run("apply", "--transform=rotate", "--value=30", input, path("zeros.png"));
    InProcess.run(
        "apply", "--transform=rotate", "--value=30", "--border=edge", input, path("edge.png"));
    InProcess.run("apply", "--policy", policy(), "--border=edge", input, path("policy.png"));
    InProcess.run(
        "apply",
        "--transform=rotate",
        "--value=30",
        "--interpolation=nearest",
        input,
        path("nearest.png"));

    assertThat(Pictures.pixels(Pictures.read(path("zeros.png")))).contains(0);
    assertThat(Pictures.pixels(Pictures.read(path("edge.png")))).containsOnly(0xffffff);
    assertThat(Pictures.pixels(Pictures.read(path("policy.png")))).containsOnly(0xffffff);
    assertThat(Pictures.pixels(Pictures.read(path("nearest.png")))).containsOnly(0, 0xffffff);
  }

  @Test
  void what_a_transform_draws_besides_its_value_follows_from_seed_and_name() throws IOException {
    Path input = Pictures.write(path("a.png"), Pictures.colour(32, 32));
    for (int seed = 0; seed < 2; seed++) {
      for (String run : List.of("first", "again")) {
        InProcess.run(
            "apply",
            "--transform=cutout",
            "--value=8",
            "--seed=" + seed,
            input,
            path(run + seed + ".png"));
      }
    }

    assertThat(path("first0.png")).hasSameBinaryContentAs(path("again0.png"));
    assertThat(Files.mismatch(path("first0.png"), path("first1.png"))).isNotNegative();
  }

  @Test
  void nothing_is_a_success_if_no_image_can_be_used() throws IOException {
    Files.createDirectory(path("in"));
    Files.writeString(path("in/bad.png"), "not a png");

    SmartAugProcess.Result result =
        InProcess.run("apply", "--transform=flip-y", "--skip-bad", path("in"), path("out"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.message()).contains("no image");
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void folderOfImages() {
    Pictures.write(path("in/a.png"), Pictures.colour(8, 6));
    Pictures.write(path("in/deep/er/b.png"), Pictures.colour(20, 30));
    Pictures.write(path("in/.hidden.png"), Pictures.colour(2, 2));
  }

  private Path policy() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(
              TransformSets.named("wide-geometric"), PolicyOptions.learned(3));
      new PolicyFile(policy, Map.of()).write(path("policy.json"));
    }
    return path("policy.json");
  }

  private static Map<String, List<Byte>> files(Path root) throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        files.put(root.relativize(file).toString().replace('\\', '/'), List.of(boxed));
      }
    }
    return files;
  }
}
