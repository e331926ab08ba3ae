package io.github.smartaug.cli;

import io.github.smartaug.augment.PolicyType;
import io.github.smartaug.cli.extension.Dim;
import io.github.smartaug.cli.extension.Halves;
import io.github.smartaug.cli.extension.Halving;
import io.github.smartaug.cli.extension.OneLayer;
import io.github.smartaug.cli.extension.Recent;
import io.github.smartaug.cli.extension.Records;
import io.github.smartaug.cli.extension.SharedPolicy;
import io.github.smartaug.cli.extension.SignDescent;
import io.github.smartaug.data.DatasetFormat;
import io.github.smartaug.meta.EstimatorType;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.optim.OptimizerType;
import io.github.smartaug.optim.ScheduleType;
import io.github.smartaug.transform.TransformSetType;
import io.github.smartaug.transform.TransformType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar as a user makes it: one class for each kind of thing, and the files that name them. */
final class ExtensionJar {
  /** What is registered, by the type of its registry's entries. */
  private static final Map<Class<?>, Class<?>> ENTRIES =
      Map.of(
          TransformType.class, Dim.class,
          TransformSetType.class, Halves.class,
          ScheduleType.class, Halving.class,
          OptimizerType.class, SignDescent.class,
          EstimatorType.class, Recent.class,
          ModelType.class, OneLayer.class,
          PolicyType.class, SharedPolicy.Type.class,
          DatasetFormat.class, Records.class);

  private ExtensionJar() {}

  static Path write(Path file) {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<Class<?>, Class<?>> entry : ENTRIES.entrySet()) {
        for (Class<?> type = entry.getValue(); type != null; type = type.getEnclosingClass()) {
          addClass(type, jar);
        }
        jar.putNextEntry(new JarEntry("META-INF/services/" + entry.getKey().getName()));
        jar.write((entry.getValue().getName() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addClass(Class<?> type, JarOutputStream jar) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry(path));
    try (InputStream in = ExtensionJar.class.getResourceAsStream("/" + path)) {
      in.transferTo(jar);
    }
  }
}
