package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.smartaug.cli.JavaText.Unit;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of public types clash with no other library's, and public is only what users need. */
class PublicTypesTest {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([a-z.]+\\.[A-Z]\\w*)", Pattern.MULTILINE);

  private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);

  private static final Pattern TYPE_OF_LIBTORCH =
      Pattern.compile("org/bytedeco/pytorch/(\\w+)\\.class");

  /** Types that may be public although no other package needs them yet, each with its reason. */
  private static final Map<String, String> PUBLIC_ALL_THE_SAME =
      Map.of(
          PackageLayers.BASE + "transform.Axis",
          "a transform that moves along one is made with it");

  private static final JavaClasses PROJECT = PackageLayers.project();

  /** Words of the pages for users; those of a package's own page after its name and a slash. */
  private static final Set<String> words = new HashSet<>();

  /** Types that a source imports from another package. */
  private static final Set<String> imports = new HashSet<>();

  @TempDir Path folder;

  @BeforeAll
  static void read() {
    for (Path page : ProjectFiles.pages()) {
      words.addAll(List.of(ProjectFiles.text(page).split("\\W+")));
    }
    for (Path source : ProjectFiles.mainSources()) {
      String text = ProjectFiles.text(source);
      IMPORT.matcher(text).results().forEach(match -> imports.add(match.group(1)));
      if (source.endsWith("package-info.java")) {
        String name = PACKAGE.matcher(text).results().findFirst().orElseThrow().group(1);
        List.of(text.split("\\W+")).forEach(word -> words.add(name + "/" + word));
      }
    }
  }

  @Test
  void no_public_type_has_the_name_of_a_type_of_libtorch() throws Exception {
    assertThat(namesOfLibtorch()).contains("Tensor", "Scope", "Adam").hasSizeGreaterThan(1000);
    assertThat(new PublicTypes(PROJECT).namedLike(namesOfLibtorch())).isEmpty();
  }

  @Test
  void a_public_type_with_the_name_of_another_is_reported_nested_ones_too() {
    JavaClasses classes =
        compiled(
            new Unit("optim", "Adam", "public record State() {} record Scope() {}"),
            new Unit("optim", "Free", ""));
    assertThat(new PublicTypes(classes).namedLike(Set.of("Adam", "State", "Scope")))
        .containsExactly(
            PackageLayers.BASE + "optim.Adam", PackageLayers.BASE + "optim.Adam$State");
  }

  @Test
  void public_is_what_users_need() {
    Set<String> unneeded =
        new PublicTypes(PROJECT).unneeded(PublicTypesTest::isOfCore, PublicTypesTest::isNamed);
    assertThat(unneeded).isSubsetOf(PUBLIC_ALL_THE_SAME.keySet());
    assertThat(PUBLIC_ALL_THE_SAME.keySet()).allMatch(PROJECT::contain);
  }

  @Test
  void a_public_type_that_only_its_own_package_uses_is_reported() {
    String base = PackageLayers.BASE;
    JavaClasses classes =
        compiled(
            new Unit("nn", "Model", "public Shape shape; private Helper helper;"),
            new Unit("nn", "Shape", ""),
            new Unit("nn", "Helper", ""),
            new Unit("nn", "Documented", "public java.util.List<Element> elements;"),
            new Unit("nn", "Element", ""),
            new Unit("train", "Trainer", base + "nn.Model model;"));
    assertThat(
            new PublicTypes(classes)
                .unneeded(
                    type -> type.getPackageName().equals(base + "nn"),
                    type -> type.getSimpleName().equals("Documented")))
        .containsExactly(base + "nn.Helper");
  }

  private static boolean isOfCore(JavaClass type) {
    return ProjectFiles.ROOT
        .resolve("core/src/main/java")
        .resolve(type.getName().replace('.', '/') + ".java")
        .toFile()
        .exists();
  }

  /** By a page, by the page of its package, or by an import in a source of another package. */
  private static boolean isNamed(JavaClass type) {
    return words.contains(type.getSimpleName())
        || words.contains(type.getPackageName() + "/" + type.getSimpleName())
        || imports.contains(type.getName());
  }

  private static Set<String> namesOfLibtorch() throws IOException, URISyntaxException {
    Path jar = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> TYPE_OF_LIBTORCH.matcher(entry.getName()))
          .filter(Matcher::matches)
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    }
  }

  private JavaClasses compiled(Unit... units) {
    return new ClassFileImporter().importPath(JavaText.compile(folder, units));
  }
}
