package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every case ends with exit code 2 and one line, before anything is written. */
class ApplyWrongInputTest {
  @TempDir Path folder;

  @BeforeEach
  void makeInput() throws IOException {
    Pictures.write(path("in/a.png"), Pictures.colour(4, 3));
    Pictures.write(path("in/b.png"), Pictures.colour(4, 3));
    Pictures.write(path("there.png"), Pictures.colour(4, 3));
    Files.createDirectory(path("empty"));
    Pictures.write(path("hidden/.a.png"), Pictures.colour(4, 3));
    Files.writeString(path("bad.png"), "not a png");
    Files.writeString(path("bad.json"), "{}");
    Files.writeString(path("notes.txt"), "text");
    try (TensorScope scope = TensorScope.open()) {
      write("three.npy", Tensors.of(new float[] {1, 2, 3}, 3));
      write("nan.npy", Tensors.of(new float[] {1, Float.NaN}, 2));
      write("matrix.npy", torch.zeros(2, 2));
      write("images.npy", torch.zeros(2, 1, 3, 3));
      write("five.npy", torch.zeros(2, 5, 3, 3));
      write("none.npy", torch.zeros(0, 1, 3, 3));
      write("flat.npy", torch.zeros(3, 3));
      write("bytes.npy", torch.zeros(2, 1, 3, 3).to(ScalarType.Byte));
      write("double.npy", torch.zeros(2, 1, 3, 3).to(ScalarType.Double));
      write("nan-image.npy", withPixel(Double.NaN));
      write("bright.npy", withPixel(1.5));
      write("dark.npy", withPixel(-0.25));
      IndependentPolicy policy =
          IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(2));
      new PolicyFile(policy, Map.of()).write(path("policy.json"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in out | --policy, --transform: none is given, allowed",
        "--policy policy.json --transform flip-x in out | --policy: given with --transform, allowed",
        "--policy missing.json in out | missing.json: no such file",
        "--policy bad.json in out | bad.json: format",
        "--policy policy.json --value 3 in out | --value: given with --policy, allowed: with --transform",
        "--transform rotat in out | --transform: \"rotat\", allowed: identity,",
        "--transform rotate in out | needs --value or --values, allowed: finite numbers (degrees)",
        "--transform flip-x --value 3 in out | --transform flip-x takes no value",
        "--transform rotate --value 3 --values three.npy in out | --value: given with --values, allowed: one",
        "--transform flip-x --copies 2 in out | --copies: given with --transform, which makes equal",
        "--transform posterize --value 9 in out | --value: 9.0, allowed for posterize: 0 to 8 (bits)",
        "--transform rotate --value NaN in out | --value: NaN",
        "--transform rotate --values three.npy in out | three.npy: has 3 values, allowed: 2, one",
        "--transform rotate --values nan.npy in out | nan.npy: value 1 is NaN",
        "--transform rotate --values matrix.npy in out | matrix.npy: Float of shape [2, 2]",
        "--transform rotate --values in/a.png in out | in/a.png: not a .npy file",
        "--transform flip-x missing out | missing: no such file or folder",
        "--transform flip-x empty out | empty: has no images, allowed: at least one .png",
        "--transform flip-x hidden out | hidden: has no images but those that are hidden, such as ",
        "--transform flip-x bad.png out.png | bad.png: cannot be read",
        "--transform flip-x notes.txt out.txt | notes.txt: unknown kind of file",
        "--transform flip-x in there.png | there.png: is a file",
        "--transform flip-x in in/out | is inside INPUT",
        "--transform flip-x in in | is inside INPUT",
        "--transform flip-x in/a.png there.png | there.png: exists, allowed: a new file, or --force",
        "--transform flip-x in/a.png out.gif | out.gif: not the name of an image that can be written, allowed: .png, .jpg, .jpeg, or",
        "--transform flip-x in/a.png nowhere/a.png | nowhere does not exist",
        "--transform flip-x images.npy out.png | out.png: not a .npy file",
        "--transform flip-x flat.npy out.npy | flat.npy: shape [3, 3], allowed: [B,C,H,W]",
        "--transform flip-x none.npy out.npy | none.npy: shape [0, 1, 3, 3]",
        "--transform flip-x bytes.npy out.npy | bytes.npy: dtype |u1, allowed: <f4",
        "--transform flip-x double.npy out.npy | double.npy: dtype <f8, allowed: <f4",
        "--transform flip-x nan-image.npy out.npy | nan-image.npy: image 1 has NaN at channel 0, row 2",
        "--transform flip-x bright.npy out.npy | bright.npy: image 1 has 1.5 at channel 0, row 2,",
        "--transform flip-x dark.npy out.npy | dark.npy: image 1 has -0.25 at channel 0",
        "--transform color --value 0.5 five.npy out.npy | five.npy: images of shape [1, 5, 2, 2]",
        "--policy policy.json five.npy out.npy | five.npy: transform \"Contrast\": images of",
        "--transform flip-x --border white in out | --border: \"white\", allowed: zeros, reflection",
        "--transform flip-x --threads 0 in out | --threads: 0"
      })
  void is_refused_with_what_is_wrong_and_what_is_allowed(String arguments, String message)
      throws IOException {
    List<Path> before = allFiles();

    SmartAugProcess.Result result = run(arguments);

    assertThat(result.message()).startsWith("smartaug: ").contains(message);
    assertThat(result.message().lines().filter(line -> !line.startsWith("try: "))).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(allFiles()).isEqualTo(before);
  }

  @Test
  void half_precision_is_refused_as_well() throws IOException {
    byte[] file = Files.readAllBytes(path("images.npy"));
    String text = new String(file, StandardCharsets.ISO_8859_1);
    Files.writeString(path("half.npy"), text.replace("<f4", "<f2"), StandardCharsets.ISO_8859_1);

    assertThat(run("--transform flip-x half.npy out.npy").message())
        .contains("half.npy: dtype <f2, allowed: <f4 (float32)");
  }

  @Test
  void an_image_of_one_pixel_is_a_fine_image() {
    Pictures.write(path("dot.png"), Pictures.colour(1, 1));

    assertThat(run("--transform sharpness --value 1.5 dot.png out.png").exitCode()).isZero();
    assertThat(run("--transform rotate --value 30 dot.png turned.png").exitCode()).isZero();
  }

  @Test
  void more_channels_are_fine_where_colours_do_not_matter() {
    assertThat(run("--transform rotate --value 30 five.npy out.npy").exitCode()).isZero();
  }

  private SmartAugProcess.Result run(String arguments) {
    // OptionConverters that name files are taken from the test's folder.
    Stream<String> words =
        Arrays.stream(arguments.split(" "))
            .map(word -> isPath(word) ? path(word).toString() : word);
    return InProcess.run(Stream.concat(Stream.of("apply"), words).toArray());
  }

  private static boolean isPath(String word) {
    return (word.contains(".") && !word.matches("[0-9.]+"))
        || List.of("in", "out", "in/out", "missing", "empty", "hidden").contains(word);
  }

  private static Tensor withPixel(double value) {
    Tensor images = torch.zeros(2, 1, 3, 3);
    images.select(0, 1).select(0, 0).select(0, 2).select(0, 1).fill_(new Scalar(value));
    return images;
  }

  private void write(String name, Tensor tensor) throws IOException {
    Npy.write(path(name), tensor);
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
