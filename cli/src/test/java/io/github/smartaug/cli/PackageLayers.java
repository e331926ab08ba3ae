package io.github.smartaug.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which package of the project may import which: the table, and the rules that follow from it. */
final class PackageLayers {
  /** The package that holds all others, with a dot at its end. */
  static final String BASE = "io.github.smartaug.";

  /**
   * For each package those that it imports, its own sub-packages left out. A package stands below
   * all that import it. The table allows what the code needs and no more.
   */
  static final Map<String, List<String>> ALLOWED = allowed();

  private static final Pattern PACKAGE =
      Pattern.compile("^package " + Pattern.quote(BASE) + "([a-z]+)", Pattern.MULTILINE);

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?" + Pattern.quote(BASE) + "([a-z]+)", Pattern.MULTILINE);

  private PackageLayers() {}

  private static Map<String, List<String>> allowed() {
    Map<String, List<String>> table = new LinkedHashMap<>();
    table.put("file", List.of());
    table.put("input", List.of());
    table.put("random", List.of());
    table.put("registry", List.of());
    table.put("policy", List.of());
    table.put("djl", List.of("policy"));
    table.put("tensor", List.of("file", "input"));
    table.put("batch", List.of("input", "tensor"));
    table.put("transform", List.of("file", "input", "random", "registry", "tensor"));
    table.put("nn", List.of("batch", "file", "input", "random", "registry", "tensor"));
    table.put("optim", List.of("input", "registry", "tensor"));
    table.put(
        "augment", List.of("batch", "file", "input", "random", "registry", "tensor", "transform"));
    table.put("meta", List.of("input", "optim", "registry", "tensor"));
    table.put("loss", List.of("augment", "batch", "input", "meta", "nn", "random", "tensor"));
    table.put("metric", List.of("augment", "batch", "input", "loss", "nn", "random", "tensor"));
    table.put("checkpoint", List.of("file", "input", "optim", "random", "tensor"));
    table.put(
        "train",
        List.of(
            "augment",
            "batch",
            "checkpoint",
            "input",
            "loss",
            "meta",
            "metric",
            "nn",
            "optim",
            "random",
            "tensor",
            "transform"));
    table.put("export", List.of("augment", "random", "tensor", "transform"));
    table.put("data", List.of("batch", "file", "input", "random", "registry", "tensor"));
    table.put(
        "run",
        List.of(
            "augment",
            "batch",
            "checkpoint",
            "data",
            "file",
            "input",
            "metric",
            "nn",
            "optim",
            "random",
            "tensor",
            "train"));
    table.put(
        "cli",
        List.of(
            "augment",
            "batch",
            "checkpoint",
            "data",
            "export",
            "file",
            "input",
            "loss",
            "meta",
            "metric",
            "nn",
            "optim",
            "random",
            "registry",
            "run",
            "tensor",
            "train",
            "transform"));
    table.put(
        "bench",
        List.of(
            "augment",
            "batch",
            "data",
            "loss",
            "meta",
            "nn",
            "optim",
            "policy",
            "random",
            "tensor",
            "train",
            "transform"));
    table.put(
        "examples",
        List.of(
            "augment",
            "batch",
            "data",
            "loss",
            "meta",
            "nn",
            "optim",
            "policy",
            "random",
            "run",
            "tensor",
            "train",
            "transform"));
    return Collections.unmodifiableMap(table);
  }

  /** The classes of the modules that are built before the command line, and its own. */
  static JavaClasses project() {
    return Project.CLASSES;
  }

  /** Read once for all tests. */
  private static final class Project {
    private static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            // The tests of another module, after it was packaged.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(BASE.substring(0, BASE.length() - 1));
  }

  /** Imports point downwards only, and only where the table allows it. */
  static ArchRule importsPointDownwardsOnly() {
    LayeredArchitecture layers =
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true);
    for (String name : ALLOWED.keySet()) {
      layers = layers.layer(name).definedBy(BASE + name + "..");
    }
    for (Map.Entry<String, List<String>> row : ALLOWED.entrySet()) {
      layers =
          row.getValue().isEmpty()
              ? layers.whereLayer(row.getKey()).mayNotAccessAnyLayer()
              : layers
                  .whereLayer(row.getKey())
                  .mayOnlyAccessLayers(row.getValue().toArray(String[]::new));
    }
    return layers.ensureAllClassesAreContainedInArchitecture();
  }

  /** No package imports, by whatever way round, one that imports it. */
  static ArchRule packagesAreFreeOfCycles() {
    return slices().matching(BASE + "(*)..").should().beFreeOfCycles();
  }

  /**
   * What a source imports and may not: an import that only a comment needs, or that a nested type
   * of the same name hides, leaves no trace in compiled classes.
   *
   * @param source text of a Java file
   * @return the names of the layers
   */
  static Set<String> forbiddenImports(String source) {
    Set<String> forbidden = imports(source);
    forbidden.removeAll(ALLOWED.getOrDefault(layerOf(source), List.of()));
    return forbidden;
  }

  /** The layer in whose package a source stands. */
  static String layerOf(String source) {
    return PACKAGE
        .matcher(source)
        .results()
        .findFirst()
        .map(declaration -> declaration.group(1))
        .orElseThrow();
  }

  /** The layers from which a source imports, its own left out. */
  static Set<String> imports(String source) {
    Set<String> imports =
        IMPORT
            .matcher(source)
            .results()
            .map(statement -> statement.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    imports.remove(layerOf(source));
    return imports;
  }

  /** Nor does a sub-package of the command line. */
  static ArchRule commandLineIsFreeOfCycles() {
    return slices().matching(BASE + "cli.(*)..").should().beFreeOfCycles();
  }
}
