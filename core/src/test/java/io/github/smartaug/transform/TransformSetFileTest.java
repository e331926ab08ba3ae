package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformSetFileTest {
  /** As users of the ancestor wrote them: defaults left out, values of any kind of number. */
  private static final String ANCESTORS =
      """
      [
        {"name": "Identity", "function": "identity", "param": {}},
        {"name": "FlipLR", "function": "flip", "param": {"axis": "X"}},
        {"name": "Rotate", "function": "rotate", "param": {"min": null, "max": 45}},
        {"name": "Move", "function": "translate",
         "param": {"min": null, "max": 0.2, "axis": "Y", "absolute": false}},
        {"name": "Dark", "function": "brightness", "param": {"min": 0.1, "max": 1.0, "invScale": true}},
        {"name": "Levels", "function": "posterize", "param": {"min": 4, "max": 8}}
      ]
      """;

  private static final String WRITTEN =
      """
      [
        {"name":"Identity","function":"identity","param":{}},
        {"name":"FlipLR","function":"flip","param":{"axis":"X"}},
        {"name":"Rotate","function":"rotate","param":{"min":null,"max":45.0,"invScale":false,"absolute":true}},
        {"name":"Move","function":"translate","param":{"min":null,"max":0.2,"invScale":false,"axis":"Y","absolute":false}},
        {"name":"Dark","function":"brightness","param":{"min":0.1,"max":1.0,"invScale":true,"absolute":true}},
        {"name":"Levels","function":"posterize","param":{"min":4.0,"max":8.0,"invScale":false,"absolute":true}}
      ]
      """;

  @TempDir Path folder;

  @Test
  void a_users_file_of_the_ancestor_loads() throws IOException {
    TransformSet set = TransformSet.read(written(ANCESTORS));
    assertThat(set.name()).isEqualTo("mine");
    assertThat(set.names())
        .containsExactly("Identity", "FlipLR", "Rotate", "Move", "Dark", "Levels");
    assertThat(set.transforms().get(2).mapping()).isEqualTo(MagnitudeRange.symmetric(45));
    assertThat(set.transforms().get(3).mapping())
        .isEqualTo(MagnitudeRange.symmetric(0.2).in(MagnitudeRange.Unit.HEIGHT));
    assertThat(set.transforms().get(4).mapping()).isEqualTo(MagnitudeRange.inverse(0.1, 1));
  }

  @Test
  void a_file_with_nothing_left_out_is_written_back_unchanged() throws IOException {
    TransformSet set = TransformSet.read(written(WRITTEN));
    Path again = folder.resolve("again.json");
    set.write(again);
    assertThat(Files.readString(again)).isEqualTo(WRITTEN);
    assertThat(TransformSet.read(written(ANCESTORS)).toJson()).isEqualTo(WRITTEN);
  }

  @Test
  void unknown_fields_of_other_programs_do_no_harm() throws IOException {
    String json = WRITTEN.replace("\"param\":{}", "\"param\":{},\"comment\":\"mine\"");
    assertThat(TransformSet.read(written(json)).toJson()).isEqualTo(WRITTEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"identity\"       | \"identitee\" | transform 1 \"Identity\": \"function\": \"identitee\", allowed: FUNCTIONS",
        "\"axis\":\"X\"     | \"axis\":\"Z\" | transform 2 \"FlipLR\": \"axis\": \"Z\", allowed: X, Y",
        "{\"axis\":\"X\"}   | {}            | transform 2 \"FlipLR\": \"axis\": missing, allowed with \"flip\": X, Y",
        "\"max\":45.0,      | ''            | transform 3 \"Rotate\": \"max\": missing, allowed: a number",
        "45.0               | \"45\"        | transform 3 \"Rotate\": \"max\": \"45\", allowed: a number",
        "45.0               | -1            | transform 3 \"Rotate\": \"max\": -1.0, allowed without a \"min\": at least 0",
        "\"min\":null,\"max\":45.0,\"invScale\":false | \"min\":null,\"max\":45.0,\"invScale\":true | transform 3 \"Rotate\": \"invScale\": true, allowed with it: a \"min\"",
        "\"function\":\"rotate\" | \"function\":7 | transform 3 \"Rotate\": \"function\": 7, allowed: a text",
        "\"name\":\"Rotate\" | \"name\":\"FlipLR\" | transform 3 \"FlipLR\": the name is taken by transform 2",
        "\"name\":\"Rotate\", | ''           | transform 3: \"name\": missing, allowed: a text",
        "\"name\":\"Rotate\" | \"name\":\" \" | transform 3 \" \": the name of a transform must not be blank",
        "\"min\":0.1        | \"min\":1.1   | transform 5 \"Dark\": min 1.1 is greater than max 1.0",
        "\"min\":0.1        | \"min\":-0.1  | transform 5 \"Dark\": \"min\": -0.1, allowed: at least 0",
        "\"min\":0.1,\"max\":1.0,\"invScale\":true | \"max\":1.0 | transform 5 \"Dark\": \"min\": missing, allowed: at least 0",
        "\"invScale\":true  | \"invScale\":1 | transform 5 \"Dark\": \"invScale\": 1, allowed: true, false",
        "\"invScale\":true  | \"invScale\":true,\"symmetric\":true | transform 5 \"Dark\": \"invScale\": true, allowed with it: \"symmetric\" false",
        "\"max\":8.0        | \"max\":9     | transform 6 \"Levels\": \"max\": 9.0, allowed: 0 to 8"
      })
  void what_is_wrong_is_named_with_file_and_transform(String good, String bad, String message)
      throws IOException {
    assertThat(WRITTEN).contains(good);
    Path file = written(WRITTEN.replace(good, bad));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(file))
        .withMessage(
            file + ": " + message.replace("FUNCTIONS", String.join(", ", Transforms.functions())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}  | not an array, allowed: an array of transforms",
        "[]  | no transforms, at least one is needed",
        "[7] | transform 1: a transform: 7, allowed: an object",
        "''  | not an array, allowed: an array of transforms"
      })
  void what_is_no_set_is_refused(String json, String message) throws IOException {
    Path file = written(json);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(file))
        .withMessage(file + ": " + message);
  }

  @Test
  void a_truncated_file_is_refused_with_the_place() throws IOException {
    Path file = written(WRITTEN.substring(0, 100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(file))
        .withMessageStartingWith(file + ": not JSON, line 3: ");
  }

  @Test
  void a_missing_file_and_a_folder_are_refused() {
    Path missing = folder.resolve("none.json");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(missing))
        .withMessage(missing + ": no such file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(folder))
        .withMessage(folder + ": not a regular file");
  }

  @Test
  void what_the_format_has_no_place_for_cannot_be_written() {
    NamedTransform named =
        new NamedTransform(
            "Odd",
            Transforms.named("rotate"),
            (height, width) -> new ValueCoefficients(1, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransformSet("odd", List.of(named)).toJson())
        .withMessage(
            "transform \"Odd\" cannot be written as JSON:"
                + " its values are not those of a MagnitudeRange, allowed: a MagnitudeRange");
  }

  private Path written(String json) throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, json);
    return file;
  }
}
