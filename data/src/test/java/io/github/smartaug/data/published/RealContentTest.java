package io.github.smartaug.data.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.smartaug.data.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of sets whose files are here: {@code -Dsmartaug.data=FOLDER} names the folder around.
 */
@EnabledIfSystemProperty(named = RealContentTest.PROPERTY, matches = ".+")
class RealContentTest {
  static final String PROPERTY = "smartaug.data";

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "fashion-mnist", "cifar-10-batches-bin"})
  void the_published_files_are_as_published(String name) throws IOException {
    Path folder = Path.of(System.getProperty(PROPERTY)).resolve(name);
    assumeThat(Files.isDirectory(folder)).as(folder + " is there").isTrue();
    DatasetReport report = DatasetCheck.check(folder, ImageDecoder.MAX_PIXELS, () -> {});
    assertThat(report.problems()).isEmpty();
    assertThat(report.asPublished()).isTrue();
    assertThat(report.published()).hasValueSatisfying(set -> assertThat(name).startsWith(set));
  }
}
