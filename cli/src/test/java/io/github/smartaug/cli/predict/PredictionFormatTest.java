package io.github.smartaug.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.run.Prediction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions as a table, CSV and JSON. */
class PredictionFormatTest {
  private static final List<String> CLASSES = List.of("cat", "dog, \"big\"", "two\nlines");

  private static final Prediction CAT = new Prediction(CLASSES, new double[] {0.75, 0.25, 0});
  private static final Prediction DOG = new Prediction(CLASSES, new double[] {0.125, 0.5, 0.375});

  private static String written(PredictionFormat format) throws IOException {
    StringBuilder text = new StringBuilder();
    format.begin(text);
    format.add("a.png", CAT, text);
    format.add("deep/b,c.png", DOG, text);
    format.end(text);
    return text.toString();
  }

  @Test
  void a_table_shows_the_likeliest_classes_in_columns() throws IOException {
    assertThat(written(new TableFormat(CLASSES, "deep/b,c.png".length(), 2)).lines())
        .containsExactly(
            "image         class           probability  next likeliest",
            "a.png         cat                 75.00 %  dog, \"big\" 25.00 %",
            "deep/b,c.png  dog, \"big\"          50.00 %  two\\u000alines 37.50 %");
  }

  @Test
  void a_table_of_one_class_has_no_column_for_others() throws IOException {
    assertThat(written(new TableFormat(CLASSES, 5, 1)).lines().limit(2))
        .containsExactly(
            "image  class           probability", "a.png  cat                 75.00 %");
  }

  @Test
  void names_with_commas_quotes_and_line_breaks_are_quoted_in_csv() throws IOException {
    assertThat(written(new CsvFormat(CLASSES)))
        .isEqualTo(
            """
            image,class,probability,cat,"dog, ""big""\","two
            lines"
            a.png,cat,0.75,0.75,0.25,0.0
            "deep/b,c.png","dog, ""big""\",0.5,0.125,0.5,0.375
            """);
  }

  @Test
  void json_has_an_object_for_each_image_with_all_probabilities_by_class() throws IOException {
    JsonNode all = new ObjectMapper().readTree(written(new JsonFormat(CLASSES)));

    assertThat(all).hasSize(2);
    JsonNode dog = all.get(1);
    assertThat(dog.fieldNames())
        .toIterable()
        .containsExactly("image", "class", "probability", "probabilities");
    assertThat(dog.required("image").asText()).isEqualTo("deep/b,c.png");
    assertThat(dog.required("class").asText()).isEqualTo("dog, \"big\"");
    assertThat(dog.required("probability").asDouble()).isEqualTo(0.5);
    assertThat(dog.required("probabilities").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(CLASSES);
    assertThat(dog.required("probabilities").required("two\nlines").asDouble()).isEqualTo(0.375);
  }
}
