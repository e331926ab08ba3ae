package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private Path folder;
  private Path policy;

  @BeforeEach
  void write() throws IOException {
    policy = folder.resolve("policy.json");
    write(PolicyOptions.builder().build());
  }

  private void write(PolicyOptions options) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      new PolicyFile(
              IndependentPolicy.initial(TransformSets.named("base"), options), Map.of("a", "b"))
          .write(policy);
    }
  }

  @Test
  void a_policy_becomes_a_module_of_python() {
    Path out = folder.resolve("learned.py");

    Result result = InProcess.run("export", policy, "--to", "torchvision", "--out", out);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out()).containsExactly("policy in " + out);
    assertThat(out)
        .content()
        .contains("from learned import LearnedAugmentation", "class LearnedAugmentation");
  }

  @Test
  void a_policy_becomes_its_file_alone() {
    Path out = folder.resolve("copy.json");

    assertThat(InProcess.run("export", policy, "--to", "json", "--out", out).exitCode()).isZero();
    assertThat(out).hasSameTextualContentAs(policy);
  }

  @Test
  void what_cannot_be_exported_is_refused_and_nothing_is_written() throws IOException {
    write(PolicyOptions.builder().classes(2).build());
    Path out = folder.resolve("learned.py");

    refused(
        policy + ": a policy for each class, allowed: one for the images of all classes",
        "export",
        policy,
        "--to",
        "torchvision",
        "--out",
        out);
    refused(
        "--out: my-policy.py, allowed: letters, digits and underscores before .py",
        "export",
        policy,
        "--to",
        "torchvision",
        "--out",
        folder.resolve("my-policy.py"));
    refused(
        "--out: the folder " + folder.resolve("missing") + " does not exist",
        "export",
        policy,
        "--to",
        "json",
        "--out",
        folder.resolve("missing/policy.json"));
    refused(
        folder.resolve("none.json") + ": no such file",
        "export",
        folder.resolve("none.json"),
        "--to",
        "json",
        "--out",
        folder.resolve("x.json"));
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(policy));
  }

  private static void refused(String message, Object... arguments) {
    Result result = InProcess.run(arguments);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).containsExactly("smartaug: " + message);
  }
}
