package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions.PenaltyWeights;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.Preset;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.MetaOptions;
import io.github.smartaug.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --preset}: a name for the values of other options. */
class PresetTest {
  private static final String SMALL =
      "--dataset fashion-mnist-mini --model mlp --limit-train 40 --limit-test 10 --batch-size 16"
          + " --epochs 1 --threads 1";

  @TempDir Path folder;

  /** The library's own way to be the ancestor, which is compared with its recorded numbers. */
  @Test
  void original_is_what_is_tested_against_the_ancestor_s_numbers() {
    TrainOptions options =
        OptionValues.parse(withWarmUp(Preset.ORIGINAL.words(), 5), "test").options();
    TrainingOptions training = options.toTrainingOptions(new int[10], Precision.FLOAT32);

    assertThat(training.meta()).isEqualTo(MetaOptions.original(1));
    assertThat(factors(training)).startsWith(0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0);
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy =
          (LearnablePolicy) options.augmentation().createAugmenter(new ImageShape(3, 32, 32), 10);
      assertThat(policy.options().penaltyWeights()).isEqualTo(PenaltyWeights.EQUAL);
    }
  }

  @Test
  void without_it_nothing_is_the_ancestor_s() {
    TrainingOptions training =
        OptionValues.parse(withWarmUp(Map.of(), 5), "test")
            .options()
            .toTrainingOptions(new int[10], Precision.FLOAT32);

    assertThat(training.meta()).isEqualTo(MetaOptions.recommended());
    assertThat(factors(training)).startsWith(0.2, 0.4, 0.6, 0.8, 1.0, 1.0);
  }

  private static Map<String, String> withWarmUp(Map<String, String> words, int epochs) {
    Map<String, String> all = new LinkedHashMap<>(words);
    all.put("warmup-epochs", Integer.toString(epochs));
    return all;
  }

  private static List<Double> factors(TrainingOptions training) {
    return IntStream.range(0, training.epochs())
        .mapToObj(epoch -> training.inner().schedule().factor(epoch, training.epochs()))
        .toList();
  }

  @Test
  void what_it_stands_for_is_recorded_unless_it_was_given() throws IOException {
    train("preset", "--preset original --meta-lr 0.03");
    train("options", optionsOfOriginal() + " --meta-lr 0.03");

    ObjectNode byName = recorded("preset");
    assertThat(byName.remove("preset").asText()).isEqualTo("original");
    assertThat(byName.get("meta-lr").asDouble()).isEqualTo(0.03);
    assertThat(byName.get("meta-beta2").asDouble()).isEqualTo(0.999);
    ObjectNode byOptions = recorded("options");
    assertThat(byOptions.remove("preset").isNull()).isTrue();
    assertThat(byName).isEqualTo(byOptions);
    assertThat(RunOutcome.of(folder.resolve("preset")))
        .isEqualTo(RunOutcome.of(folder.resolve("options")));
  }

  /** On the command line it is stronger than a file, and weaker than an option beside it. */
  @Test
  void it_takes_precedence_over_a_configuration() throws IOException {
    train("first", "--meta-beta2 0.5 --meta-lr 0.02");
    String config = "--config " + folder.resolve("first/config.json");
    run(folder.resolve("second"), config + " --preset original --meta-lr 0.04");

    assertThat(recorded("second").get("meta-beta2").asDouble()).isEqualTo(0.999);
    assertThat(recorded("second").get("meta-lr").asDouble()).isEqualTo(0.04);
    assertThat(recorded("second").get("limit-train").asInt()).isEqualTo(40);
  }

  @Test
  void an_unknown_one_is_refused() {
    Result result = InProcess.run("train", "--preset", "modern");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).anyMatch(line -> line.contains("\"modern\", allowed: original"));
  }

  private static String optionsOfOriginal() {
    StringBuilder text = new StringBuilder();
    Preset.ORIGINAL
        .words()
        .forEach(
            (name, word) -> {
              if (!name.equals("meta-lr")) {
                text.append(" --").append(name).append(' ').append(word);
              }
            });
    return text.toString().trim();
  }

  private void train(String name, String options) {
    run(folder.resolve(name), SMALL + " " + options);
  }

  private static void run(Path out, String options) {
    Result result =
        InProcess.run(
            Stream.concat(
                    Stream.of("train", "--out", out.toString()), Stream.of(options.split(" +")))
                .toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  private ObjectNode recorded(String name) throws IOException {
    JsonNode options =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve(name).resolve("config.json")))
            .required("options");
    return ((ObjectNode) options).without("out");
  }
}
