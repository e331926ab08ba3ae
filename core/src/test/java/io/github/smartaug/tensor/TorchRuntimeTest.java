package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TorchRuntimeTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Prints what was set up and the result of a small computation. */
  static final class Report {
    private Report() {}

    /** Run by {@link ChildJvm}. */
    public static void main(String[] arguments) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor a = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
        System.out.printf(
            "threads %d, blas %d, limits %d %d, product %.0f%n",
            TorchRuntime.threads(),
            TorchRuntime.blasThreads(),
            TorchRuntime.maxBytes(),
            TorchRuntime.maxPhysicalBytes(),
            Tensors.item(a.matmul(a).sum()));
      }
    }
  }

  private static String report(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    ChildJvm.Result result = ChildJvm.run(Report.class, environment, options);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void by_default_all_cores_compute_and_blas_has_one_thread_and_nothing_limits_memory()
      throws Exception {
    assertThat(report(Map.of())).contains("threads " + CORES + ", blas 1, limits 0 0, product 54");
  }

  @Test
  void the_environment_overrides_thread_counts_and_properties_override_limits() throws Exception {
    Map<String, String> environment = Map.of("OMP_NUM_THREADS", "3,1", "OPENBLAS_NUM_THREADS", "2");

    assertThat(
            report(
                environment,
                "-Dorg.bytedeco.javacpp.maxBytes=3g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=5g"))
        .contains("threads 3, blas 2, limits 3221225472 5368709120,");
  }

  @Test
  void a_thread_count_that_is_none_is_ignored() throws Exception {
    assertThat(report(Map.of("OMP_NUM_THREADS", "many", "OPENBLAS_NUM_THREADS", "0")))
        .contains("threads " + CORES + ", blas 1,");
  }

  /**
   * The situation of a first run on a machine that has another libtorch: nothing is extracted yet,
   * and the linker finds a foreign library under the name that libtorch.so asks for.
   */
  @Test
  void the_first_run_survives_a_foreign_libtorch_on_the_linkers_path() throws Exception {
    // Not a @TempDir, which complains about the links that JavaCPP makes.
    Path folder = Files.createTempDirectory("first-run");
    try {
      Path cache = Files.createDirectory(folder.resolve("cache"));
      Path foreign = Files.createDirectory(folder.resolve("foreign"));
      Files.copy(
          extracted(System.mapLibraryName("c10")),
          foreign.resolve(System.mapLibraryName("torch_cpu")));
      String path = foreign.toString();

      String output =
          report(
              Map.of("LD_LIBRARY_PATH", path, "DYLD_LIBRARY_PATH", path),
              "-Dorg.bytedeco.javacpp.cachedir=" + cache);

      assertThat(output).contains("product 54");
      try (Stream<Path> files = Files.walk(cache)) {
        assertThat(files).anyMatch(file -> file.endsWith(System.mapLibraryName("torch_cpu")));
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path extracted(String library) throws IOException {
    TorchRuntime.initialize();
    String resource = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library;
    return Loader.cacheResource(torch.class, resource).toPath();
  }

  @Test
  void threads_can_be_set_while_running() {
    int before = TorchRuntime.threads();
    try {
      TorchRuntime.setThreads(2);
      assertThat(TorchRuntime.threads()).isEqualTo(2);
      TorchRuntime.setThreads(1);
      assertThat(TorchRuntime.threads()).isEqualTo(1);
    } finally {
      TorchRuntime.setThreads(before);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchRuntime.setThreads(0))
        .withMessage("threads: 0, allowed: from 1 to " + TorchRuntime.mostThreads());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchRuntime.setThreads(TorchRuntime.mostThreads() + 1))
        .withMessageEndingWith("allowed: from 1 to " + TorchRuntime.mostThreads());
    assertThat(TorchRuntime.threads()).isEqualTo(before);
  }

  @Test
  void the_same_seed_gives_the_same_numbers_of_libtorch() {
    try (TensorScope scope = TensorScope.open()) {
      TorchRuntime.seed(5);
      Tensor first = torch.rand(4);
      TorchRuntime.seed(5);
      Tensor second = torch.rand(4);
      Tensor third = torch.rand(4);

      assertThat(first.equal(second)).isTrue();
      assertThat(second.equal(third)).isFalse();
    }
  }

  @Test
  void what_is_set_up_can_be_asked_for() {
    assertThat(TorchRuntime.version()).matches("\\d+\\.\\d+\\.\\d+-\\d+\\.\\d+\\.\\d+.*");
    assertThat(TorchRuntime.cacheFolder()).isDirectory();
    assertThat(TorchRuntime.residentBytes()).isPositive();
  }
}
