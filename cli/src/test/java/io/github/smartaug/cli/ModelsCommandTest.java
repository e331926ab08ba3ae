package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Models;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {
  @Test
  void it_lists_every_model_on_a_line_with_its_size() {
    Result result = InProcess.run("models", "--image-size", 224, "--classes", 1000);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().get(0)).isEqualTo("Images of 3x224x224, 1000 classes");
    List<String> rows = result.out().subList(3, result.out().size());
    assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(' '))))
        .isEqualTo(Models.names());
    assertThat(row(rows, "resnet50")).contains(" 25,557,032 ", " 4,089,184,256 ");
  }

  @Test
  void a_model_that_does_not_take_the_images_has_no_size() {
    Result result = InProcess.run("models", "--image-size", 28, "--channels", 1);
    assertThat(result.exitCode()).isZero();
    assertThat(row(result.out(), "vgg16")).matches("vgg16 +- +-  VGG-16 .*at least 32 pixels");
    assertThat(row(result.out(), "mlp")).contains(" 523,326 ", " 522,560 ");
  }

  @Test
  void a_model_built_against_another_version_is_told_in_one_line() {
    Models.register(
        new ModelType() {
          @Override
          public String name() {
            return "of-another-version";
          }

          @Override
          public String description() {
            return "calls what is not there any more";
          }

          @Override
          public Model create(ImageShape input, int classes) {
            throw new NoSuchMethodError("LayeredModel.<init>()");
          }
        });
    try {
      Result result = InProcess.run("models");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .containsExactly(
              "smartaug: class path: java.lang.NoSuchMethodError: LayeredModel.<init>(), allowed:"
                  + " jars that were built against this version");
    } finally {
      Models.unregister("of-another-version");
    }
  }

  private static String row(List<String> rows, String model) {
    return rows.stream().filter(row -> row.startsWith(model + " ")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"--image-size", "--channels", "--classes"})
  void sizes_below_one_are_refused_in_one_line(String option) {
    Result result = InProcess.run("models", option, 0);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).hasSize(1);
    assertThat(result.err().get(0)).contains(option + ": 0, allowed: at least 1");
  }
}
