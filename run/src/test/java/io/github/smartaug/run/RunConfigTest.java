package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("config.json");
    config().write(file);
  }

  private static RunConfig config() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("model", "network.pt");
    options.put("lr", null);
    options.put("ema", 1e-4);
    options.put("seed", 1234567890123L);
    options.put("nesterov", true);
    ImageShape shape = new ImageShape(1, 28, 28);
    return new RunConfig(
        "smartaug train",
        Instant.parse("2026-01-31T12:00:00Z"),
        options,
        new RunOptimizer("sgd", Map.of("momentum", 0.9, "learning_rate", 0.1)),
        new RunData(
            "photos",
            "images in photos",
            shape,
            ImageFit.CROP,
            List.of("cat", "dog"),
            8,
            2,
            3,
            new Normalization(List.of(0.25), List.of(0.5)),
            Map.of("training", "ab", "test", "cd"),
            Optional.of("4567")),
        new RunModel(
            "network.pt",
            shape,
            2,
            Optional.of("ef"),
            new Computation(Precision.BFLOAT16, Optional.of(MemoryFormat.CHANNELS_LAST))),
        new RunPlatform("0.1", "2.10", "17", "Linux", 2, 1, 1, "cpu"),
        new InputFiles(Map.of("transforms", "0123")));
  }

  @Test
  void a_run_is_read_as_it_was_written() throws IOException {
    RunConfig read = RunConfig.read(file);

    assertThat(read).isEqualTo(config());
    Path again = folder.resolve("again.json");
    read.write(again);
    assertThat(again).hasSameTextualContentAs(file);
  }

  @Test
  void options_are_words_of_the_command_line_without_those_left_out() {
    assertThat(RunConfig.readOptions(file))
        .isEqualTo(
            Map.of(
                "model",
                "network.pt",
                "ema",
                "1.0E-4",
                "seed",
                "1234567890123",
                "nesterov",
                "true"));
  }

  @Test
  void options_can_stand_alone_in_a_file() throws IOException {
    Files.writeString(file, "{\"options\": {\"epochs\": 3}}");

    assertThat(RunConfig.readOptions(file)).isEqualTo(Map.of("epochs", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"classes\" : 2            | \"classes\" : 3            | model.classes: 3, allowed: 2,"
            + " the number of data.class_names",
        "\"mean\" : [ 0.25 ]        | \"mean\" : [ null ]        | data.mean[0]: null, allowed: a"
            + " finite number",
        "\"mean\" : [ 0.25 ]        | \"mean\" : [ 1e999 ]       | data.mean[0]: \"Infinity\","
            + " allowed: a finite number",
        "_deviation\" : [ 0.5 ]     | _deviation\" : [ 0 ]       | data.standard_deviation: [0],"
            + " allowed: numbers above 0",
        "_deviation\" : [ 0.5 ]     | _deviation\" : [ 1, 2 ]    | data.standard_deviation: [1,2],"
            + " allowed: an array of 1 numbers",
        "\"image_shape\" : \"1x28x28\" | \"image_shape\" : \"28\" | data.image_shape: \"28\","
            + " allowed: channels, height and width",
        "\"image_fit\" : \"crop\" | \"image_fit\" : \"pad\" | data.image_fit: \"pad\","
            + " allowed: \"squash\", \"crop\", \"random-crop\"",
        "\"image_shape\" : \"1x28x28\" | \"image_shape\" : \"1x28x30\" | data.image_fit:"
            + " \"crop\", allowed: \"squash\", as data.image_shape is no square",
        "\"started\" : \"2026       | \"started\" : \"x2026      | started:"
            + " \"x2026-01-31T12:00:00Z\", allowed: a time such as",
        "\"threads\" : 1            | \"threads\" : 0            | platform.threads: 0, allowed: a"
            + " whole number, at least 1",
        "\"momentum\" : 0.9         | \"momentum\" : \"much\"    | optimizer.momentum: \"much\","
            + " allowed: a finite number",
        "\"command\"                | \"commands\"               | command: missing, allowed: a"
            + " text",
        "\"nesterov\" : true        | \"nesterov\" : [ 3 ]       | options.nesterov: [3], allowed:"
            + " a text, a number, true or false"
      })
  void a_wrong_field_is_named_with_what_is_allowed(String right, String wrong, String message)
      throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(right);
    Files.writeString(file, text.replace(right, wrong));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunConfig.read(file))
        .withMessageStartingWith(file + ": " + message);
  }
}
