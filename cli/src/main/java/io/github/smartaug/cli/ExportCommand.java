package io.github.smartaug.cli;

import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.export.TorchvisionExport;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.Versions;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug export}. */
@Command(
    name = "export",
    description =
        "Writes a learned policy for other programs. torchvision: a Python file that applies it with"
            + " torch and torchvision, needs nothing of SmartAug, and tests itself when it is run."
            + " json: the policy file alone, as docs/policy.schema.json describes it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug export runs/photos --to torchvision --out learned_policy.py",
      "  smartaug export runs/photos --to json --out policy.json"
    })
final class ExportCommand implements Callable<Integer> {
  private static final Pattern MODULE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\.py");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "POLICY",
      description = "A policy file, or the folder of a run that learned a policy")
  private Path policy;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "One of: ${COMPLETION-CANDIDATES}")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, for torchvision one whose name Python can import")
  private Path out;

  /** What a policy can become. */
  enum Format {
    TORCHVISION,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--out: the folder " + folder + " does not exist");
    }
    try (TensorScope scope = TensorScope.open()) {
      PolicyFile read = PolicyFile.read(policy);
      String content =
          switch (format) {
            case TORCHVISION -> torchvision(read);
            case JSON -> read.toJson();
          };
      AtomicFile.write(out, content);
    }
    spec.commandLine().getOut().println("policy in " + out);
    return 0;
  }

  private String torchvision(PolicyFile read) {
    String name = Objects.requireNonNull(out.getFileName()).toString();
    var matcher = MODULE.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--out: " + name + ", allowed: letters, digits and underscores before .py");
    }
    try {
      return TorchvisionExport.of(read.policy(), matcher.group(1), Versions.smartAug());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PolicyFile.locate(policy) + ": " + e.getMessage(), e);
    }
  }
}
