package io.github.smartaug.cli;

import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.export.JavaExport;
import io.github.smartaug.export.PythonExport;
import io.github.smartaug.export.PythonLibrary;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.run.Versions;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smartaug export}. */
@Command(
    name = "export",
    description =
        "Writes a learned policy for other programs. torchvision, kornia, albumentations: a Python file"
            + " that applies it with that library, needs nothing of SmartAug, and tests itself when it"
            + " is run. java: a Java file that holds it and needs smartaug-policy alone. json: the"
            + " policy file alone, as docs/policy.schema.json describes it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  smartaug export runs/photos --to torchvision --out learned_policy.py",
      "  smartaug export runs/photos --to java --out LearnedPolicy.java",
      "  smartaug export runs/photos --to json --out policy.json"
    })
final class ExportCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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
      description =
          "The file to write, for Python one whose name can be imported, for Java that of its class")
  private Path out;

  /** What a policy can become. */
  enum Format {
    TORCHVISION,
    KORNIA,
    ALBUMENTATIONS,
    JSON,
    JAVA;

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
      AtomicFile.write(out, content(PolicyFile.read(policy)));
    }
    spec.commandLine().getOut().println("policy in " + out);
    return 0;
  }

  private String content(PolicyFile read) {
    return switch (format) {
      case TORCHVISION -> python(read, PythonLibrary.TORCHVISION);
      case KORNIA -> python(read, PythonLibrary.KORNIA);
      case ALBUMENTATIONS -> python(read, PythonLibrary.ALBUMENTATIONS);
      case JSON -> read.toJson();
      case JAVA -> java(read);
    };
  }

  private String python(PolicyFile read, PythonLibrary library) {
    String module = nameBefore(".py", "letters, digits and underscores before .py");
    try {
      PythonExport.requireFree(library, module);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--out: " + e.getMessage(), e);
    }
    return located(() -> PythonExport.of(read.policy(), library, module, Versions.smartAug()));
  }

  private String java(PolicyFile read) {
    String allowed = "a name of a Java class before .java";
    String name = nameBefore(".java", allowed);
    if (SourceVersion.isKeyword(name)) {
      throw new IllegalArgumentException("--out: " + name + ".java, allowed: " + allowed);
    }
    return located(() -> JavaExport.of(read, name, Versions.smartAug()));
  }

  /** The name of the file to write, without its ending. */
  private String nameBefore(String ending, String allowed) {
    String file = Objects.requireNonNull(out.getFileName()).toString();
    String name = file.endsWith(ending) ? file.substring(0, file.length() - ending.length()) : "";
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("--out: " + file + ", allowed: " + allowed);
    }
    return name;
  }

  private String located(Supplier<String> export) {
    try {
      return export.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PolicyFile.locate(policy) + ": " + e.getMessage(), e);
    }
  }
}
