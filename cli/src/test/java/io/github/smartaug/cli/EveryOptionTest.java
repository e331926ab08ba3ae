package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.options.OptionNames;
import io.github.smartaug.cli.options.TrainOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code smartaug train}: none can be added without a place in a run here. */
class EveryOptionTest {
  /** Where a run takes place is not part of what it is. */
  private static final Set<String> OF_THE_PLACE = Set.of("config", "force", "out", "resume");

  /** The words that the design promises. */
  private static final String PROMISED =
      """
      dataset model augment transforms length inner-steps hypergradient epochs batch-size lr
      momentum weight-decay nesterov scheduler warmup-epochs warmup-multiplier meta-lr meta-start
      magnitude-regularizer temperature fixed-magnitudes shared-magnitude fixed-probabilities
      probability-gradient learn copies augmented-weight augment-start validation-fraction
      validation-count split folds fold refit limit-train limit-test seed device precision threads out
      resume
      """;

  private static final String SMALL =
      " --dataset fashion-mnist-mini --model mlp --device cpu --threads 1 --batch-size 16";

  private static final String FEW = " --limit-train 70 --limit-test 20";

  /** A learned policy, and all that goes with it. */
  private static final String LEARNED =
      "--augment learned --transforms wide --length 1 --inner-steps 2 --hypergradient truncated:1"
          + " --epochs 2 --lr 0.05 --momentum 0.8 --weight-decay 0.001 --nesterov --scheduler"
          + " cosine --warmup-epochs 1 --warmup-multiplier 2 --warmup-timing gradual --meta-lr 0.02"
          + " --meta-start 1 --meta-scheduler polynomial --step-length free --validation-loss"
          + " cross-entropy --choice-rule adam --evidence-strength 0.7 --overfit-shrinkage"
          + " 0.5 --initial-magnitude 0.3 --magnitude-regularizer 0.01 --penalty-weights equal"
          + " --repeats applied --meta-beta2 0.9"
          + " --rate-in-hypergradient left-in --temperature 0.9 --learn-temperature"
          + " --probability-gradient score-function --shared-magnitude --straight-through off"
          + " --per-class --learn lr,momentum --copies 2 --augmented-weight 0.5"
          + " --stop-clean-gradient --running-statistics all --label-smoothing 0.1 --class-weights"
          + " balanced --augment-start 1 --validation-fraction 0.3 --image-size 20 --fit random-crop"
          + " --channels 1"
          + " --max-pixels 1000000 --gradient-clip 2 --optimizer sgd --validation-batches 2"
          + " --max-skipped-meta-steps 7 --accumulate 2 --keep-epoch highest --ema 0.9"
          + " --test-time-augmentation 2 --early-stopping 5 --checkpoint-minutes 30 --interpolation"
          + " nearest --border reflection --compose-affine --seed 3 --precision float32 --skip-bad"
          + " --recompute-activations --memory-format contiguous --in-memory never"
          + " --loader-threads 2 --prefetch 3";

  private static final String FIXED =
      "--augment sequence --preset original --length 1 --epochs 1 --fixed-magnitudes"
          + " --fixed-probabilities --precision bfloat16";

  private static final String RANDOM =
      "--augment random --magnitude 0.7 --length 1 --epochs 1 --seed 5";

  @TempDir Path folder;

  private static List<OptionSpec> options() {
    CommandSpec spec = new CommandLine(new TrainOptions()).getCommandSpec();
    return spec.options();
  }

  private static String name(OptionSpec option) {
    return OptionNames.inFiles(option);
  }

  @Test
  void every_option_is_in_the_help_and_every_promised_one_is_an_option() {
    String help = String.join("\n", InProcess.run("train", "--help-all").out());
    Set<String> names =
        options().stream()
            .map(EveryOptionTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).contains(PROMISED.trim().split("\\s+"));
    for (OptionSpec option : options()) {
      assertThat(option.description()).as(name(option)).isNotEmpty();
      assertThat(help).containsPattern("(?m)^ +--" + name(option) + "([,=\\s\\[]|$)");
    }
  }

  @Test
  void a_run_with_every_option_is_recorded_and_repeated_from_its_configuration()
      throws IOException {
    Set<String> used = new TreeSet<>(OF_THE_PLACE);
    used.addAll(recordedAndRepeated("learned", LEARNED + FEW));
    used.addAll(recordedAndRepeated("fixed", FIXED + FEW));
    String folded = " --folds 4 --fold 2 --validation-count 10 --refit";
    used.addAll(recordedAndRepeated("random", RANDOM + FEW + folded));
    String replayed = "--augment " + folder.resolve("learned/policy.json") + " --replay-schedule";
    String fineTuned =
        " --pretrained " + folder.resolve("fixed/model.safetensors") + " --freeze fc1,*.bias";
    String split = " --split " + folder.resolve("learned/split.csv");
    used.addAll(recordedAndRepeated("replayed", replayed + " --epochs 3" + fineTuned + split));
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            options().stream().map(EveryOptionTest::name).toList());
  }

  /** The options that it was given. */
  private Set<String> recordedAndRepeated(String name, String options) throws IOException {
    Path run = folder.resolve(name);
    Path again = folder.resolve(name + "-again");
    List<String> words = new ArrayList<>(List.of((options + SMALL).trim().split(" +")));
    train(run, words);
    assertRecorded(words, recorded(run));
    train(again, List.of("--config", run.resolve("config.json").toString()));
    assertThat(recorded(again)).isEqualTo(recorded(run));
    assertThat(RunOutcome.of(again)).as(name).isEqualTo(RunOutcome.of(run));
    return words.stream()
        .filter(word -> word.startsWith("--"))
        .map(word -> word.substring(2))
        .collect(Collectors.toSet());
  }

  private static void train(Path out, List<String> words) {
    Result result =
        InProcess.run(
            Stream.concat(Stream.of("train", "--out", out.toString()), words.stream()).toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  private static JsonNode recorded(Path run) throws IOException {
    JsonNode options =
        new ObjectMapper()
            .readTree(Files.readString(run.resolve("config.json")))
            .required("options");
    ((ObjectNode) options).remove(List.copyOf(OF_THE_PLACE));
    return options;
  }

  /** Each word that was given is there, as it was given. */
  private static void assertRecorded(List<String> words, JsonNode recorded) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith("--")) {
        boolean flag = i + 1 == words.size() || words.get(i + 1).startsWith("--");
        String value = recorded.required(words.get(i).substring(2)).asText();
        String given = flag ? "true" : words.get(i + 1);
        assertThat(normalized(value)).as(words.get(i)).isEqualTo(normalized(given));
      }
    }
  }

  /** A number as a number: 2 and 2.0 are the same. */
  private static String normalized(String value) {
    return value.matches("[0-9.]+") ? Double.toString(Double.parseDouble(value)) : value;
  }
}
