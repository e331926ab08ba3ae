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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"torchvision", "kornia", "albumentations"})
  void a_policy_becomes_a_module_of_python(String library) {
    Path out = folder.resolve("learned.py");

    Result result = InProcess.run("export", policy, "--to", library, "--out", out);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out()).containsExactly("policy in " + out);
    assertThat(out)
        .content()
        .contains("for " + library + ".", "import " + library, "from learned import")
        .contains("class LearnedAugmentation");
  }

  @Test
  void a_policy_becomes_a_class_of_java() {
    Path out = folder.resolve("Learned.java");

    Result result = InProcess.run("export", policy, "--to", "java", "--out", out);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(out).content().contains("public final class Learned {", "\"a\" : \"b\"");
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
    write(PolicyOptions.builder().build());
    refused(
        "--out: kornia.py would hide the module kornia, allowed: another name",
        "export",
        policy,
        "--to",
        "kornia",
        "--out",
        folder.resolve("kornia.py"));
    for (String name : List.of("my-policy.java", "class.java", "Policy.py")) {
      refused(
          "--out: " + name + ", allowed: a name of a Java class before .java",
          "export",
          policy,
          "--to",
          "java",
          "--out",
          folder.resolve(name));
    }
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
