package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code smartaug datasets make-shift}. */
class MakeShiftTest {
  @TempDir Path folder;

  private Result make(String out, String... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("datasets", "make-shift", "fashion-mnist-mini", folder.resolve(out)));
    arguments.addAll(List.of(options));
    return InProcess.run(arguments.toArray());
  }

  @Test
  void training_images_stay_and_half_of_the_others_stand_on_their_heads() throws IOException {
    Result result =
        make(
            "flipped",
            "--transform=flip",
            "--train=200",
            "--validation=60",
            "--test=80",
            "--seed=3");

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    DatasetBundle made = Datasets.load(folder.resolve("flipped").toString());
    assertThat(made.training().size()).isEqualTo(200);
    DatasetBundle source = Datasets.load("fashion-mnist-mini");
    assertThat(pixels(source.training())).containsAll(pixels(made.training()));
    ImageDataset validation = made.validation().orElseThrow();
    assertThat(validation.size()).isEqualTo(60);
    assertHalfFlipped(validation, pixels(source.training()));
    assertThat(made.test().size()).isEqualTo(80);
    assertHalfFlipped(made.test(), pixels(source.test()));
    assertThat(pixels(validation)).doesNotContainAnyElementsOf(pixels(made.training()));

    JsonNode shift = new ObjectMapper().readTree(folder.resolve("flipped/shift.json").toFile());
    assertThat(shift.path("transform").asText()).isEqualTo("flip");
    assertThat(shift.path("share_of_images").asDouble()).isEqualTo(0.5);
    assertThat(shift.path("seed").asInt()).isEqualTo(3);
  }

  private static void assertHalfFlipped(ImageDataset images, Set<List<Byte>> source) {
    int flipped = 0;
    for (int i = 0; i < images.size(); i++) {
      byte[] pixels = images.pixels(i);
      boolean asItIs = source.contains(bytes(pixels));
      assertThat(asItIs || source.contains(bytes(upsideDown(pixels)))).isTrue();
      flipped += asItIs ? 0 : 1;
    }
    assertThat(flipped).isBetween(images.size() / 4, 3 * images.size() / 4);
  }

  private static byte[] upsideDown(byte[] pixels) {
    byte[] turned = new byte[pixels.length];
    for (int row = 0; row < 28; row++) {
      System.arraycopy(pixels, 28 * row, turned, 28 * (27 - row), 28);
    }
    return turned;
  }

  private static Set<List<Byte>> pixels(ImageDataset images) {
    Set<List<Byte>> pixels = new HashSet<>();
    for (int i = 0; i < images.size(); i++) {
      pixels.add(bytes(images.pixels(i)));
    }
    return pixels;
  }

  private static List<Byte> bytes(byte[] pixels) {
    List<Byte> bytes = new ArrayList<>(pixels.length);
    for (byte pixel : pixels) {
      bytes.add(pixel);
    }
    return bytes;
  }

  @Test
  void the_same_seed_makes_the_same_images_and_another_one_others() {
    for (String[] run : new String[][] {{"a", "1"}, {"b", "1"}, {"c", "2"}}) {
      assertThat(
              make(
                      run[0],
                      "--transform=rotate",
                      "--amount=30",
                      "--train=60",
                      "--test=40",
                      "--seed=" + run[1])
                  .exitCode())
          .isZero();
    }
    byte[] first = firstTestImage("a");
    assertThat(firstTestImage("b")).isEqualTo(first);
    assertThat(Arrays.equals(firstTestImage("c"), first)).isFalse();
  }

  private byte[] firstTestImage(String out) {
    return Datasets.load(folder.resolve(out).toString()).test().pixels(0);
  }

  @Test
  void a_run_trains_on_it_and_augments_with_its_oracle() {
    assertThat(
            make("turned", "--transform=translate", "--amount=4", "--train=100", "--test=40")
                .exitCode())
        .isZero();
    Result result =
        InProcess.run(
            "train",
            "--dataset",
            folder.resolve("turned"),
            "--augment",
            folder.resolve("turned/oracle.json"),
            "--epochs=1",
            "--threads=1",
            "--out",
            folder.resolve("run"));
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out().get(0)).contains("100 training, 25 validation, 40 test images 1x28x28");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--transform=rotate | --amount: missing, allowed with --transform rotate: a number above 0",
        "--transform=flip --amount=1 | --amount: given, allowed with --transform flip: none",
        "--transform=rotate --amount=181 | --amount: 181",
        "--transform=turn --amount=1 | --transform: \"turn\", allowed: rotate, translate, flip,",
        "--transform=none --train=0 | --train: 0",
        "--transform=none --train=9999999 | --train, --validation: 9999999 and 2500000 images,",
        "--transform=none --test=9999999 | --test: 9999999, allowed: at most",
        "--transform=none --train=5 --validation=5 | train: no image of class",
      })
  void wrong_input_is_one_line_and_nothing_is_written(String options, String message)
      throws IOException {
    Result result = make("out", options.trim().split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().get(0)).startsWith("smartaug: " + message);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_not_empty_is_left_alone() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.writeString(folder.resolve("out/mine.txt"), "mine");

    Result result = make("out", "--transform=none");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.message()).startsWith("smartaug: OUT: ").contains("not empty");
    assertThat(folder.resolve("out/mine.txt")).hasContent("mine");
  }

  @Test
  void without_a_command_the_group_says_what_it_has() {
    Result result = InProcess.run("datasets");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().get(0))
        .isEqualTo("smartaug: no command, allowed: list, fetch, verify, make-shift");
  }
}
