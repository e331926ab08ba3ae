package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong is said in one line, with exit code 2, before anything is written. */
class WrongInputTest {
  /** A step of this needs some hundred gigabytes. */
  private static final String HUGE =
      "--model resnet18-3x3 --image-size 64 --limit-train 40 --limit-test 10 --batch-size 16"
          + " --copies 1000";

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void chooseRunFolder() {
    out = folder.resolve("run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--augment some        | --augment: \"some\", allowed: none, random",
        "--straight-through 1  | --straight-through: \"1\", allowed: on, off",
        "--augment none.json   | --augment: none.json: no such file",
        "--replay-schedule     | --replay-schedule: given with --augment learned, allowed: with"
            + " --augment FILE",
        "--learn-temperature --probability-gradient loss-weight | --learn-temperature: given with"
            + " --probability-gradient loss-weight, which",
        "--augment random --per-class | --per-class: given with --augment random, allowed: with"
            + " learned or",
        "--augment sequence --length 5 | --augment sequence: 5 transforms in turn of 13 make"
            + " 371293",
        "--probability-gradient loss-weight | --probability-gradient: loss-weight, allowed with"
            + " --hypergradient trial:48: score-function",
        "--hypergradient unrolled --choice-rule evidence | --choice-rule: evidence, allowed with"
            + " --hypergradient unrolled: adam",
        "--step-length held --learn lr | --step-length: held, allowed with --learn: free",
        "--per-class --hypergradient trial:8 | --hypergradient: trial:8, which looks at one transform"
            + " at a time",
        "--augment sequence --hypergradient trial | --hypergradient: trial, which looks at one"
            + " transform at a time",
        "--step-length far      | --step-length: \"far\", allowed: free, held",
        "--validation-loss hinge | --validation-loss: \"hinge\", allowed: cross-entropy,"
            + " calibrated",
        "--initial-magnitude 0 | --initial-magnitude: 0, allowed: from 0.01 to 1",
        "--evidence-strength 0 | --evidence-strength: 0, allowed: above 0",
        "--overfit-shrinkage 1 | --overfit-shrinkage: 1, allowed: at least 0, below 1",
        "--copies 0            | --copies: 0, allowed: from 1 to 1000",
        "--copies 2147483647   | --copies: 2147483647, allowed: from 1 to 1000",
        "--max-pixels 0        | --max-pixels: 0, allowed: from 1 to 500000000",
        "--max-pixels 1e30     | --max-pixels: ",
        "--image-size 4096    | image size: ",
        "--image-size 4096    | of Java's heap",
        "--model mlp --image-size 200 --copies 1000 --batch-size 1000000 | --batch-size, --copies:"
            + " ",
        "HUGE --hypergradient unrolled --inner-steps 2 | --batch-size, --copies, --inner-steps:"
            + " 16016 images 1x64x64 at once through the model, and the graphs of 2 steps: about ",
        "HUGE --hypergradient unrolled --inner-steps 2000000000 | 16016 images 1x64x64 at once"
            + " through the model, and the graphs of 2 steps: about ",
        "HUGE --inner-steps 2 --hypergradient truncated:1 | 16016 images 1x64x64 at once through"
            + " the model, and the graph of a step: about ",
        "HUGE --hypergradient checkpointed --accumulate 4 | 4004 images 1x64x64 at once through the"
            + " model, and the graph of a step: about ",
        "HUGE --augment random --augmented-weight 0 | 16000 images 1x64x64 at once through the"
            + " model, and the graph of a step: about ",
        "--length 100000       | --length: 100000, allowed: from 0 to 100",
        "--length 2147483647   | --length: 2147483647, allowed: from 0 to 100",
        "--checkpoint-minutes 1e30 | --checkpoint-minutes: 1.0E30, allowed: from 0 to 525600",
        "--threads 1000000     | --threads: 1000000, allowed: from 1 to ",
        "--epochs 1 --warmup-epochs 1 | --warmup-epochs: 1, allowed with --epochs 1: below 1",
        "--epochs 3 --warmup-epochs 9 --warmup-multiplier 2 | --warmup-epochs: 9, allowed with"
            + " --epochs 3",
        "--epochs 2 --augment-start 3 | --augment-start: 3, allowed with --epochs 2: at most 2",
        "--epochs 2 --meta-start 3 | --meta-start: 3, allowed with --epochs 2: at most 2",
        "--test-time-augmentation 2147483647 | --test-time-augmentation: 2147483647, allowed: from",
        "--label-smoothing 1   | --label-smoothing: 1, allowed: at least 0, below 1",
        "--class-weights some  | --class-weights: \"some\", allowed: none, balanced",
        "--running-statistics x  | --running-statistics: \"x\", allowed: clean, all",
        "--probability-gradient some | --probability-gradient: \"some\", allowed: loss-weight,"
            + " score",
        "--hypergradient magic | --hypergradient: \"magic\", allowed: unrolled",
        "--hypergradient neumann:999999999 | --hypergradient: \"neumann:999999999\", allowed:"
            + " unrolled",
        "--hypergradient cg:0  | --hypergradient: \"cg:0\", allowed: unrolled, checkpointed,"
            + " trial[:J], probe[:J]",
        "--scheduler linear    | --scheduler: \"linear\", allowed: none, cosine",
        "--model vgg           | --model: \"vgg\", allowed: lenet, mlp, resnet18",
        "--transforms narrow   | --transforms: \"narrow\", allowed: base, wide",
        "--dataset nowhere     | --dataset: \"nowhere\", allowed: fashion-mnist-mini, a folder or file",
        "--length -1           | --length: -1, allowed: from 0 to 100",
        "--inner-steps 0       | --inner-steps: 0, allowed: at least 1",
        "--inner-steps -3      | --inner-steps: -3, allowed: at least 1",
        "--epochs 0            | --epochs: 0, allowed: at least 1",
        "--batch-size 0        | --batch-size: 0, allowed: at least 1",
        "--batch-size many     | --batch-size: \"many\", allowed: a whole number",
        "--lr 0                | --lr: 0, allowed: above 0",
        "--lr NaN              | --lr: NaN, allowed: above 0",
        "--momentum 1          | --momentum: 1, allowed: at least 0, below 1",
        "--weight-decay -1     | --weight-decay: -1, allowed: at least 0",
        "--optimizer adamm     | --optimizer: \"adamm\", allowed: sgd, adam, adamw,",
        "--optimizer adam --nesterov | --nesterov: not with adam, allowed with: sgd",
        "--optimizer adam --momentum 0.9 | --momentum: not with adam, allowed with: sgd, rmsprop",
        "--optimizer rprop --weight-decay 1 | --weight-decay: not with rprop, allowed with: sgd,"
            + " ad",
        "--nesterov --momentum 0 | --momentum: 0, allowed with --nesterov: above 0",
        "--learn lr,rho        | --learn: \"rho\", allowed: lr, momentum, weight-decay, beta1,"
            + " beta2",
        "--learn beta1         | --learn: sgd has no beta1, allowed with it: lr, momentum, weight-",
        "--learn momentum --momentum 0 | --learn: momentum starts at 0, allowed: above 0 (--mom",
        "--optimizer adam --learn weight-decay | --learn: weight-decay starts at 0, allowed: above",
        "--temperature -1      | --temperature: -1, allowed: at least 0",
        "--meta-lr -0.1        | --meta-lr: -0.1, allowed: at least 0",
        "--validation-fraction 1 | --validation-fraction: 1, allowed: between 0 and 1",
        "--unsupervised-weight -1 | --augmented-weight: -1, allowed: at least 0",
        "--limit-train 1       | --limit-train: 1, allowed: at least 2",
        "--image-size 0        | --image-size: 0, allowed: at least 1",
        "--fit crop            | --fit: crop, allowed without --image-size: squash",
        "--fit pad --image-size 28 | --fit: \"pad\", allowed: squash, crop, random-crop",
        "--threads 0           | --threads: 0, allowed: from 1 to ",
        "--device tpu          | device: \"tpu\", allowed: cpu",
        "--device cuda:99      | device: cuda:99, but this machine and build have",
        "--image-size 80       | --model lenet, data set fashion-mnist-mini: lenet: images of"
            + " 1x80x80",
        "--warmup-epochs -1    | --warmup-epochs: -1, allowed: at least 0",
        "--warmup-multiplier 0.5 | --warmup-multiplier: 0.5, allowed: at least 1",
        "--augment-start 0     | --augment-start: 0, allowed: at least 1",
        "--meta-start 0        | --meta-start: 0, allowed: at least 1",
        "--meta-scheduler slow | --meta-scheduler: \"slow\", allowed: none, cosine, multistep,"
            + " poly",
        "--validation-batches 0 | --validation-batches: 0, allowed: at least 1",
        "--max-skipped-meta-steps 0 | --max-skipped-meta-steps: 0, allowed: at least 1",
        "--accumulate 0        | --accumulate: 0, allowed: at least 1",
        "--precision float16   | --precision: \"float16\", allowed: float32, bfloat16, auto",
        "--memory-format rows  | --memory-format: \"rows\", allowed: auto, contiguous,"
            + " channels-last",
        "--ema 1               | --ema: 1, allowed: between 0 and 1, both excluded",
        "--test-time-augmentation 0 | --test-time-augmentation: 0, allowed: from 1 to 1000",
        "--augment none --test-time-augmentation 2 | --test-time-augmentation: 2, allowed with"
            + " --aug",
        "--batch-size 1 --model resnet18 | --batch-size: training batches of 1 image, allowed for"
            + " a",
        "--epohcs 3            | unknown option --epohcs (did you mean --epochs",
        "surplus               | unexpected argument surplus"
      })
  void an_option_that_is_not_allowed_is_named_with_what_is(String options, String message) {
    requireRefused(message, options.replace("HUGE", HUGE).trim().split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rotat  | null | 30 | transform 1 \"T\": \"function\": \"rotat\", allowed: identity, flip,"
            + " r",
        "rotate | 40   | 30 | transform 1 \"T\": min 40.0 is greater than max 30.0",
        "rotate | null | -3 | transform 1 \"T\": \"max\": -3.0, allowed without a \"min\": at least 0",
        "rotate | \"a\" | 30 | transform 1 \"T\": \"min\": \"a\", allowed: a number"
      })
  void a_transform_that_is_wrong_is_named_with_its_file(
      String function, String min, String max, String message) throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(
        file,
        """
        [{"name": "T", "function": "%s", "param": {"min": %s, "max": %s}}]
        """
            .formatted(function, min, max));

    requireRefused("--transforms: " + file + ": " + message, "--transforms", file.toString());
  }

  @Test
  void a_file_of_transforms_that_is_no_json_is_named_with_the_line() throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, "[\n{\"name\": ");

    requireRefused(
        "--transforms: " + file + ": not JSON, line 2: ", "--transforms", file.toString());
  }

  @Test
  void a_file_of_transforms_that_no_reader_can_read_is_told_in_words() throws IOException {
    Path file = folder.resolve("mine.json");
    Files.write(file, new byte[] {'"', (byte) 0xc3, '('});
    requireRefused(
        "--transforms: " + file + ": cannot be read: not a text in UTF-8",
        "--transforms",
        file.toString());

    Files.writeString(file, "[".repeat(2000));
    assertThat(refusal("--transforms", file.toString()).message())
        .isEqualTo(
            "smartaug: --transforms: "
                + file
                + ": not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)");
  }

  @Test
  void a_data_set_with_a_missing_file_is_refused() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cifar"));
    Files.write(data.resolve("data_batch_1.bin"), new byte[3073]);

    requireRefused(
        data.resolve("data_batch_2.bin") + ": is missing, allowed: a folder with CIFAR-10",
        "--dataset",
        data.toString());
  }

  @Test
  void a_data_file_that_is_cut_short_is_named_with_both_lengths() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cifar"));
    List<String> files = new ArrayList<>(List.of("test_batch.bin"));
    for (int i = 1; i <= 5; i++) {
      files.add("data_batch_" + i + ".bin");
    }
    for (String name : files) {
      Files.write(data.resolve(name), new byte[2 * 3073]);
    }
    Files.write(data.resolve("data_batch_3.bin"), new byte[3073 + 17]);

    requireRefused(data.resolve("data_batch_3.bin").toString(), "--dataset", data.toString());
  }

  @Test
  void a_run_folder_that_is_not_empty_stays_as_it_is() throws IOException {
    Files.createDirectory(out);
    Files.writeString(out.resolve("mine.txt"), "precious");

    Refusal refusal = refusal();

    assertThat(refusal.message()).contains("--out: " + out + ": not empty").contains("--force");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).containsExactly(out.resolve("mine.txt"));
    }
  }

  @Test
  void a_run_folder_that_is_a_file_is_refused() throws IOException {
    Files.writeString(out, "precious");

    assertThat(refusal().message()).contains("--out: " + out + ": a file, allowed: a folder");
    assertThat(out).hasContent("precious");
  }

  @Test
  void without_a_command_those_that_exist_are_named() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err, true));

    assertThat(commandLine.execute()).isEqualTo(2);
    assertThat(err.toString()).startsWith("smartaug: no command, allowed: train");
  }

  private void requireRefused(String message, String... options) {
    Refusal refusal = refusal(options);
    assertThat(refusal.message()).startsWith("smartaug: ").contains(message);
    assertThat(out).doesNotExist();
  }

  /**
   * How a command was refused.
   *
   * @param message the first line of the error stream
   */
  private record Refusal(String message) {}

  private Refusal refusal(String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", out.toString()));
    arguments.addAll(List.of(options));
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(arguments.toArray(new String[0]));
    List<String> lines = err.toString().lines().toList();
    assertThat(exitCode).as(err.toString()).isEqualTo(2);
    // The line, and where it is one of usage, the advice to ask for help.
    assertThat(lines).hasSizeBetween(1, 2);
    if (lines.size() == 2) {
      assertThat(lines.get(1)).startsWith("try: smartaug ");
    }
    assertThat(lines.get(0).getBytes(StandardCharsets.UTF_8).length).isLessThan(600);
    return new Refusal(lines.get(0));
  }
}
