package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Small classes that break a rule: compiled when a test needs them, so no real code does. */
final class JavaText {
  private JavaText() {}

  /**
   * A public class.
   *
   * @param inPackage below {@link PackageLayers#BASE}
   * @param name simple name
   * @param body its members
   */
  record Unit(String inPackage, String name, String body) {
    private Path write(Path folder) {
      String text =
          "package %s;\npublic class %s {\n%s\n}\n"
              .formatted(PackageLayers.BASE + inPackage, name, body);
      try {
        Path file = folder.resolve(inPackage.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Compiles all of them together, and returns the folder of their class files. */
  static Path compile(Path folder, Unit... units) {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", ""));
    Stream.of(units)
        .forEach(unit -> arguments.add(unit.write(folder.resolve("sources")).toString()));
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exitCode).isZero();
    return classes;
  }
}
