package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.SequentialBatches;
import io.github.smartaug.run.Prediction;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code smartaug predict} with the model of a small run. */
class PredictCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DatasetBundle IMAGES = Datasets.load("fashion-mnist-mini");

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void train() {
    TinyTraining.train(shared.resolve("run"));
  }

  @BeforeEach
  void paint() throws IOException {
    for (int i = 0; i < 20; i++) {
      Pictures.write(
          path("in/%02d.png".formatted(i)), DecodedImage.of(IMAGES.test(), i).toBufferedImage());
    }
    Pictures.write(path("in/deep/er/large.png"), Pictures.colour(90, 60));
    Pictures.write(path("in/.hidden.png"), Pictures.colour(2, 2));
  }

  @Test
  void an_image_gets_a_row_with_what_the_classifier_says() {
    try (TrainedClassifier classifier = TrainedClassifier.load(run())) {
      Prediction expected = classifier.classify(Pictures.read(path("in/03.png")));

      Result result = predict(path("in/03.png"), "--top", "2");

      assertThat(result.exitCode()).as(result.message()).isZero();
      assertThat(result.out()).hasSize(2);
      assertThat(result.out().get(0).split(" +"))
          .containsExactly("image", "class", "probability", "next", "likeliest");
      int second = expected.likeliest(2).get(1);
      assertThat(result.out().get(1).replaceAll(" +", " "))
          .isEqualTo(
              "03.png %s %.2f %% %s %.2f %%"
                  .formatted(
                      expected.className(),
                      100 * expected.probability(),
                      classifier.classNames().get(second),
                      100 * expected.probabilities()[second]));
    }
  }

  @Test
  void a_folder_is_classified_as_each_of_its_images_is_whatever_the_number_of_threads()
      throws IOException {
    Result result = predict(path("in"), "--json", "--threads", "1");

    assertThat(result.exitCode()).as(result.message()).isZero();
    assertThat(predict(path("in"), "--json", "--threads", "2").out()).isEqualTo(result.out());
    JsonNode all = json(result);
    assertThat(all).hasSize(21);
    assertThat(all.get(20).required("image").asText()).isEqualTo("deep/er/large.png");
    try (TrainedClassifier classifier = TrainedClassifier.load(run())) {
      for (JsonNode one : all) {
        Path file = path("in").resolve(one.required("image").asText());
        Prediction expected = classifier.classify(Pictures.read(file));
        assertThat(one.required("class").asText()).isEqualTo(expected.className());
        assertThat(numbers(one)).containsExactly(expected.probabilities(), within(1e-6));
      }
    }
  }

  @Test
  void classes_of_an_array_are_right_as_often_as_evaluate_says() throws IOException {
    long[] labels;
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = new SequentialBatches(IMAGES.test(), IMAGES.test().size()).batch(0, 0);
      Npy.write(path("test.npy"), batch.images());
      labels = Tensors.toLongs(batch.labels());
    }

    Result result = predict(path("test.npy"), "--csv");
    InProcess.run(
        "evaluate", run(), "--dataset", "fashion-mnist-mini", "--out", path("metrics.json"));

    assertThat(result.out().get(0))
        .isEqualTo("image,class,probability," + String.join(",", IMAGES.classNames()));
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      String[] fields = result.out().get(i + 1).split(",", -1);
      assertThat(fields[0]).isEqualTo("test.npy[" + i + "]");
      right += fields[1].equals(IMAGES.classNames().get((int) labels[i])) ? 1 : 0;
    }
    assertThat(right / (double) labels.length)
        .isEqualTo(JSON.readTree(path("metrics.json").toFile()).at("/test/accuracy").asDouble());
  }

  @Test
  void copies_follow_from_the_seed_and_the_pixels_and_not_from_other_images() throws IOException {
    List<Object> copies = List.of("--json", "--test-time-augmentation", "3", "--seed");
    JsonNode all = json(predict(path("in"), with(copies, "7")));

    assertThat(json(predict(path("in"), with(copies, "7")))).isEqualTo(all);
    assertThat(json(predict(path("in"), with(copies, "8")))).isNotEqualTo(all);
    assertThat(json(predict(path("in"), "--json"))).isNotEqualTo(all);
    assertThat(numbers(json(predict(path("in/05.png"), with(copies, "7"))).get(0)))
        .containsExactly(numbers(all.get(5)));
  }

  @Test
  void the_policy_of_the_copies_is_the_runs_own_unless_another_is_named() throws IOException {
    List<Object> copies = List.of("--json", "--test-time-augmentation", "3");
    List<Object> policy = with(copies, "--policy");
    Path other = policy("wide-geometric");

    JsonNode own = json(predict(path("in"), copies));

    assertThat(json(predict(path("in"), with(policy, run())))).isEqualTo(own);
    assertThat(json(predict(path("in"), with(policy, other)))).isNotEqualTo(own);
  }

  @Test
  void a_broken_image_makes_the_exit_code_1_unless_asked_otherwise_and_others_are_classified()
      throws IOException {
    List<String> whole = predict(path("in"), "--csv").out();
    Files.writeString(path("in/30.png"), "not a png");

    Result result = predict(path("in"), "--csv");
    Result tolerant = predict(path("in"), "--csv", "--skip-bad");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.message()).contains("1 file was skipped").contains("--skip-bad");
    assertThat(tolerant.exitCode()).isZero();
    assertThat(result.out()).isEqualTo(whole);
    assertThat(tolerant.out()).isEqualTo(whole);
  }

  @Test
  void a_file_holds_what_would_be_printed_and_stays_as_it_was_if_there_is_nothing_to_write()
      throws IOException {
    List<String> printed = predict(path("in"), "--json").out();

    Result written = predict(path("in"), "--json", "--out", path("out.json"));
    Files.createDirectory(path("bad"));
    Files.writeString(path("bad/a.png"), "not a png");
    Result failed = predict(path("bad"), "--json", "--skip-bad", "--out", path("out.json"));

    assertThat(written.exitCode()).as(written.message()).isZero();
    assertThat(written.out()).singleElement().asString().startsWith("21 of 21 images classified");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.message()).endsWith("no image of " + path("bad") + " could be used");
    assertThat(Files.readAllLines(path("out.json"))).isEqualTo(printed);
    assertThat(predict(path("bad"), "--json").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN in --json --csv | --json: given with --csv, allowed: one of them",
        "RUN in --top 2 --csv | --top: given with --csv, which has all classes, allowed: with the",
        "RUN in --top 11 | --top: 11, allowed: from 1 to 10",
        "RUN in --top 0 | --top: 0, allowed: from 1 to 10",
        "RUN in --threads 0 | --threads: 0",
        "RUN in --max-pixels 0 | --max-pixels: 0",
        "RUN in --test-time-augmentation 0 | --test-time-augmentation: 0",
        "RUN in --policy RUN | --policy: given without --test-time-augmentation, allowed: with it",
        "RUN in --test-time-augmentation 2 --policy missing.json | missing.json: no such file",
        "RUN in --device gpu | gpu",
        "RUN in --out out.png | out.png is the name of an image, allowed: one of a text",
        "RUN in --out nowhere/out.csv | nowhere does not exist",
        "RUN in --out in | in: is a folder, allowed: the name of a file",
        "RUN missing | missing: no such file or folder",
        "RUN empty | empty: has no images, allowed: at least one .png",
        "RUN notes.txt | notes.txt: unknown kind of file, allowed: a folder, .png",
        "RUN bad.png | bad.png: cannot be read (unknown format)",
        "RUN small.npy | small.npy: shape [2, 1, 3, 3], allowed: [B, 1, 28, 28], which the model",
        "RUN bright.npy | bright.npy: image 0 has 1.5 at channel 0, row 0,",
        "in in | in: holds no run of SmartAug, config.json is missing",
        "missing in | missing: no such folder, allowed: the folder of a run"
      })
  void wrong_input_is_refused_in_one_line_before_anything_is_written(
      String arguments, String message) throws IOException {
    Files.createDirectory(path("empty"));
    Files.writeString(path("notes.txt"), "text");
    Files.writeString(path("bad.png"), "not a png");
    try (TensorScope scope = TensorScope.open()) {
      Npy.write(path("small.npy"), torch.zeros(2, 1, 3, 3));
      Tensor bright = torch.zeros(1, 1, 28, 28);
      Npy.write(path("bright.npy"), bright.fill_(new Scalar(1.5)));
    }
    List<Path> before = allFiles();
    Object[] words =
        Stream.concat(Stream.of("predict"), Arrays.stream(arguments.split(" ")).map(this::word))
            .toArray();

    Result result = InProcess.run(words);

    assertThat(result.message()).startsWith("smartaug: ").contains(message);
    assertThat(result.err()).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(allFiles()).isEqualTo(before);
  }

  private String word(String word) {
    if (word.equals("RUN")) {
      return run().toString();
    }
    return word.contains(".") || List.of("in", "missing", "empty").contains(word)
        ? path(word).toString()
        : word;
  }

  private Result predict(Path input, Object... options) {
    return predict(input, List.of(options));
  }

  private Result predict(Path input, List<Object> options) {
    List<Object> arguments = new ArrayList<>(List.of("predict", run(), input));
    arguments.addAll(options);
    return InProcess.run(arguments.toArray());
  }

  private static List<Object> with(List<Object> options, Object more) {
    List<Object> all = new ArrayList<>(options);
    all.add(more);
    return all;
  }

  private static JsonNode json(Result result) throws IOException {
    assertThat(result.exitCode()).as(result.message()).isZero();
    return JSON.readTree(String.join("\n", result.out()));
  }

  private static double[] numbers(JsonNode one) {
    List<Double> numbers = new ArrayList<>();
    one.required("probabilities").forEach(number -> numbers.add(number.asDouble()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Path policy(String set) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named(set), PolicyOptions.learned(1));
      new PolicyFile(policy, Map.of()).write(path("policy.json"));
    }
    return path("policy.json");
  }

  private static Path run() {
    return shared.resolve("run");
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private List<Path> allFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
