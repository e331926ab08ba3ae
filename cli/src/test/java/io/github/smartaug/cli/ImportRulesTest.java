package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.smartaug.cli.JavaText.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house of docs/architecture.md: imports point downwards only, and never in a circle. */
class ImportRulesTest {
  /** As ArchUnit words what a class of one package does to a class of another. */
  private static final Pattern VIOLATION =
      Pattern.compile(
          "<"
              + Pattern.quote(PackageLayers.BASE)
              + "([a-z]+)\\.[^<]*<"
              + Pattern.quote(PackageLayers.BASE)
              + "([a-z]+)\\.");

  private static final JavaClasses PROJECT = PackageLayers.project();

  @TempDir Path folder;

  @Test
  void an_import_that_the_table_does_not_allow_is_reported_whichever_two_packages_it_joins() {
    JavaClasses all = classesOfWhichEachKnowsAllOthers();
    String report = report(PackageLayers.importsPointDownwardsOnly(), all);
    Set<String> reported =
        VIOLATION
            .matcher(report)
            .results()
            .map(match -> match.group(1) + " -> " + match.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> forbidden = new TreeSet<>();
    for (String from : PackageLayers.ALLOWED.keySet()) {
      for (String to : PackageLayers.ALLOWED.keySet()) {
        if (!from.equals(to) && !PackageLayers.ALLOWED.get(from).contains(to)) {
          forbidden.add(from + " -> " + to);
        }
      }
    }
    assertThat(reported).isEqualTo(forbidden);
  }

  @Test
  void a_package_without_a_row_in_the_table_is_reported() {
    JavaClasses classes = compiled(new Unit("attic", "Chest", ""));
    assertThat(report(PackageLayers.importsPointDownwardsOnly(), classes)).contains("attic.Chest");
  }

  @Test
  void a_cycle_is_reported_also_within_the_command_line() {
    JavaClasses classes =
        compiled(
            new Unit("cli.plot", "Curve", PackageLayers.BASE + "cli.console.Line line;"),
            new Unit("cli.console", "Line", PackageLayers.BASE + "cli.plot.Curve curve;"),
            new Unit("nn", "Layer", PackageLayers.BASE + "optim.Step step;"),
            new Unit("optim", "Step", PackageLayers.BASE + "nn.Layer layer;"));
    assertThat(report(PackageLayers.packagesAreFreeOfCycles(), classes)).contains("Slice nn");
    assertThat(report(PackageLayers.commandLineIsFreeOfCycles(), classes)).contains("Slice plot");
  }

  @Test
  void an_import_for_a_comment_only_is_reported() {
    String source =
        """
        package io.github.smartaug.tensor;

        import io.github.smartaug.file.AtomicFile;
        import static io.github.smartaug.train.JointTrainer.STEPS;
        """;
    assertThat(PackageLayers.forbiddenImports(source)).containsExactly("train");
  }

  @Test
  void the_table_itself_points_downwards() {
    List<String> below = new ArrayList<>();
    PackageLayers.ALLOWED.forEach(
        (name, allowed) -> {
          assertThat(below).as(name).containsAll(allowed);
          below.add(name);
        });
  }

  @Test
  void imports_point_downwards_only() {
    PackageLayers.importsPointDownwardsOnly().check(PROJECT);
  }

  @Test
  void sources_of_all_modules_import_what_the_table_allows() {
    for (Path file : ProjectFiles.mainSources()) {
      assertThat(PackageLayers.forbiddenImports(ProjectFiles.text(file))).as("%s", file).isEmpty();
    }
  }

  @Test
  void the_table_allows_nothing_that_is_not_needed() {
    Map<String, Set<String>> needed = new TreeMap<>();
    PackageLayers.ALLOWED.keySet().forEach(name -> needed.put(name, new TreeSet<>()));
    for (Path file : ProjectFiles.mainSources()) {
      String source = ProjectFiles.text(file);
      needed.get(PackageLayers.layerOf(source)).addAll(PackageLayers.imports(source));
    }
    for (JavaClass type : PROJECT) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName() + ".")
          .filter(name -> name.startsWith(PackageLayers.BASE))
          .forEach(name -> needed.get(layer(type.getPackageName() + ".")).add(layer(name)));
    }
    needed.forEach((name, imports) -> imports.remove(name));
    assertThat(new TreeMap<>(needed))
        .isEqualTo(
            PackageLayers.ALLOWED.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        row -> new TreeSet<>(row.getValue()),
                        (a, b) -> a,
                        TreeMap::new)));
  }

  @Test
  void packages_are_free_of_cycles() {
    PackageLayers.packagesAreFreeOfCycles().check(PROJECT);
  }

  @Test
  void packages_of_the_command_line_are_free_of_cycles() {
    PackageLayers.commandLineIsFreeOfCycles().check(PROJECT);
  }

  private static String layer(String packageName) {
    return packageName.substring(PackageLayers.BASE.length()).replaceFirst("\\..*", "");
  }

  private JavaClasses classesOfWhichEachKnowsAllOthers() {
    Set<String> layers = PackageLayers.ALLOWED.keySet();
    return compiled(
        layers.stream()
            .map(
                from ->
                    new Unit(
                        from,
                        "Anchor",
                        layers.stream()
                            .filter(to -> !to.equals(from))
                            .map(to -> PackageLayers.BASE + to + ".Anchor in_" + to + ";")
                            .collect(Collectors.joining("\n"))))
            .toArray(Unit[]::new));
  }

  private JavaClasses compiled(Unit... units) {
    return new ClassFileImporter().importPath(JavaText.compile(folder, units));
  }

  private static String report(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().toString();
  }
}
