package io.github.smartaug.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are wrong are refused in one line, and only those that the library refuses, too. */
class PolicyFilesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Fields of which a policy that does not learn makes no use. */
  private static final List<String> OF_LEARNING =
      List.of(
          "probabilities_learned",
          "magnitudes_learned",
          "temperature_learned",
          "probability_gradient",
          "penalty_weights",
          "history",
          "transform_set");

  @TempDir Path folder;

  private static String json() {
    try (TensorScope scope = TensorScope.open()) {
      return LibraryTwin.json(
          LibraryTwin.independent(TransformSets.named("base"), PolicyOptions.learned(2)).library());
    }
  }

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode value(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          format         | "kornia"      | format: "kornia", allowed: smartaug-policy
          version        | 4             | version: 4, allowed: up to 3 (the file was written by a newer SmartAug)
          version        | 1.0           | version: 1.0, allowed: a whole number from 1 to 2147483647
          kind           | "genetic"     | kind: "genetic", allowed: independent, sequence
          length         | -1            | length: -1, allowed: a whole number from 0 to 100
          length         | 12345678901   | length: 12345678901, allowed: a whole number from 0 to 100
          temperature    | "warm"        | temperature: "warm", allowed: a number from 0.0 to 1.7976931348623157E308
          repeats        | "twice"       | repeats: "twice", allowed: applied, left-out
          classes        | 0             | classes: 0, allowed: a whole number from 1 to 100000
          transforms     | []            | transforms: [], allowed: at least one transform
          transforms     | {}            | transforms: {}, allowed: an array
          transforms     | ["x"]         | transforms[0]: "x", allowed: an object
          transforms     | [{"name":" "}] | transforms[0].name: " ", allowed: a name that no other transform has
          transforms     | [{"name":"x","function":"dim"}] | transforms[0].function: "dim", allowed: identity, flip, rotate, translate, shear, contrast, color, brightness, sharpness, posterize, solarize, cutout, soft-cutout, autocontrast, equalize, invert, noise, randblend, blur, crop, erase, soft-erase, hue
          transforms     | [{"name":"x","function":"flip"}] | transforms[0].param.axis: missing, allowed: X, Y
          transforms     | [{"name":"x","function":"flip","param":{"axis":"Z"}}] | transforms[0].param.axis: "Z", allowed: X, Y
          transforms     | [{"name":"x","function":"hue","param":{"axis":"X"}}] | transforms[0].param.axis: "X", allowed: none with the function hue
          transforms     | [{"name":"x","function":"blur","param":{"max":2}}] | transforms[0].param.min: missing, allowed: at least 0
          transforms     | [{"name":"x","function":"posterize","param":{"max":8}}] | transforms[0].param.min: missing, allowed: 0 to 8
          transforms     | [{"name":"x","function":"rotate","param":{"max":-2}}] | transforms[0].param.max: -2, allowed: at least 0 without a min
          transforms     | [{"name":"x","function":"blur","param":{"min":3,"max":2}}] | transforms[0].param.max: 2, allowed: at least the min, 3.0
          transforms     | [{"name":"x","function":"posterize","param":{"min":3,"max":9}}] | transforms[0].param.max: 9, allowed: 0 to 8
          transforms     | [{"name":"x","function":"rotate","param":{"max":9,"invScale":true}}] | transforms[0].param.invScale: true, allowed: false, or a min and no symmetric
          transforms     | [{"name":"x","function":"invert"}] | transforms[0].logit: missing, allowed: a finite number
          transforms     | [{"name":"x","function":"invert","logit":1,"magnitude":2}] | transforms[0].magnitude: 2, allowed: a number from 0.0 to 1.0
          sampling       | {"interpolation":"cubic"} | sampling.interpolation: "cubic", allowed: bilinear, nearest
          provenance     | {"seed":1}    | provenance.seed: 1, allowed: a text
          """)
  void a_wrong_field_is_named_in_one_line(String field, String json, String message) {
    ObjectNode policy = tree(json());
    policy.set(field, value(json));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryTwin.read(policy.toString()))
        .withMessage("policy.json: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``             | line 1: no value at the end, allowed: JSON
          {} {}          | line 1: more than one value, allowed: JSON
          {"a":1,"a":2}  | line 1: the field "a" is there twice, allowed: JSON
          {"a":1,}       | line 1: no name of a field, allowed: JSON
          [1,]           | line 1: no value, allowed: JSON
          [01]           | line 1: no ',', allowed: JSON
          [+1]           | line 1: no value, allowed: JSON
          [1.]           | line 1: no value, allowed: JSON
          [NaN]          | line 1: no value, allowed: JSON
          {'a':1}        | line 1: no name of a field, allowed: JSON
          ["a            | line 1: a text that does not end at the end, allowed: JSON
          ["\\x"]        | line 1: an unknown escape, allowed: JSON
          /* */ {}       | line 1: no value, allowed: JSON
          []             | [], allowed: an object
          null           | null, allowed: an object
          """)
  void what_is_not_json_or_no_policy_is_refused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryTwin.read(text))
        .withMessage("policy.json: " + message);
  }

  @Test
  void a_line_is_counted_and_depth_has_an_end() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryTwin.read("{\n\n  \"a\" 1}"))
        .withMessage("policy.json: line 3: no ':', allowed: JSON");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryTwin.read("[".repeat(100_000)))
        .withMessage("policy.json: line 1: nested more than 1000 deep, allowed: JSON");
  }

  @Test
  void files_that_are_not_there_or_no_text_are_refused() throws IOException {
    Path missing = folder.resolve("policy.json");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AugmentationPolicy.read(folder))
        .withMessage(missing + ": no such file, allowed: a policy file");
    byte[] latin = "{\"\u00e4\":1}".getBytes(ISO_8859_1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AugmentationPolicy.read(new ByteArrayInputStream(latin), "a.json"))
        .withMessage("a.json: bytes that are no text, allowed: UTF-8");
    Files.write(missing, json().getBytes(UTF_8));
    assertThat(AugmentationPolicy.read(folder).transforms())
        .isEqualTo(AugmentationPolicy.read(missing).transforms());
  }

  @Test
  void names_may_have_any_letters() {
    ObjectNode policy = tree(json());
    ((ObjectNode) policy.path("transforms").get(0)).put("name", "\"\\\n\u00e4\ud83d\ude00");
    assertThat(LibraryTwin.read(policy.toString()).transforms().get(0))
        .isEqualTo("\"\\\n\u00e4\ud83d\ude00");
    String escaped = policy.toString().replace("\u00e4", "\\u00E4");
    assertThat(LibraryTwin.read(escaped).transforms().get(0)).isEqualTo("\"\\\n\u00e4\ud83d\ude00");
  }

  /** Whatever one value is replaced by, both read the file or both refuse it. */
  @Test
  void what_the_library_reads_is_read_and_what_it_refuses_is_refused() {
    String correct = json();
    List<JsonNode> others =
        List.of(
            value("null"),
            value("true"),
            value("\"X\""),
            value("0"),
            value("-3.5"),
            value("1e400"),
            value("[]"),
            value("{}"),
            value("2"));
    int refused = 0;
    RandomStream random = RandomStream.seeded(1);
    try (TensorScope scope = TensorScope.open()) {
      for (int k = 0; k < 600; k++) {
        ObjectNode policy = tree(correct);
        String change = replaceAny(policy, others, random);
        if (change.isEmpty()) {
          continue;
        }
        Throwable own = catchThrowable(() -> LibraryTwin.read(policy.toString()));
        Throwable library =
            catchThrowable(() -> PolicyFile.parse(policy.toString(), "policy.json"));
        assertThat(own == null)
            .as("%s: %s, the library: %s", change, own, library)
            .isEqualTo(library == null);
        if (own != null) {
          refused++;
          assertThat(own).isInstanceOf(IllegalArgumentException.class);
          assertThat(own.getMessage()).matches("policy\\.json: .*, allowed: .*");
        }
      }
    }
    assertThat(refused).isBetween(100, 500);
  }

  private static String replaceAny(ObjectNode root, List<JsonNode> others, RandomStream random) {
    ObjectNode object = root;
    String path = "";
    while (true) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (names.isEmpty()) {
        return "";
      }
      String name = names.get(random.nextInt(names.size()));
      if (OF_LEARNING.contains(name)) {
        return "";
      }
      path += "." + name;
      JsonNode found = object.get(name);
      if (found.isArray() && !found.isEmpty() && random.nextInt(4) > 0) {
        found = found.get(random.nextInt(found.size()));
      }
      if (found instanceof ObjectNode inner && random.nextInt(4) > 0) {
        object = inner;
        continue;
      }
      int choice = random.nextInt(others.size() + 1);
      if (choice == others.size()) {
        object.remove(name);
      } else {
        object.set(name, others.get(choice));
      }
      return path + " = " + object.get(name);
    }
  }
}
