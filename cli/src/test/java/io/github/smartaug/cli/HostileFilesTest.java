package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures, arrays and data sets that were cut, emptied or overwritten, or whose headers lie. */
class HostileFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"png, 1", "jpg, 2", "bmp, 12", "gif, 13", "tiff, 14"})
  void damaged_pictures_end_well_in_apply_and_preview(String type, long seed) throws IOException {
    Map<String, byte[]> damaged = Damage.of(picture(type), seed);
    List<HostileCase> cases =
        cases(damaged, "picture." + type, file -> apply(file, "--transform", "flip-x"));
    cases.addAll(
        cases(
            damaged,
            "shown." + type,
            file -> List.of("preview", file, "--columns", "2", "--out", file + ".png")));
    endWell(cases, 60);
  }

  @ParameterizedTest
  @CsvSource({"png, 3", "jpg, 4", "gif, 15"})
  void a_folder_of_damaged_pictures_is_gone_through_whole(String type, long seed)
      throws IOException {
    int number = 0;
    Path in = Files.createDirectory(folder.resolve("in"));
    for (byte[] content : Damage.of(picture(type), seed).values()) {
      Files.write(in.resolve("bad" + number++ / 3 + "-" + number % 3 + "." + type), content);
      if (number == 5) {
        break;
      }
    }
    Pictures.write(in.resolve("good.png"), Pictures.colour(9, 9));
    HostileCase skipping =
        HostileCase.of(
            "a folder", folder, "apply", "--transform", "flip-x", in, folder.resolve("out"));
    Ordeal.assertAllEndWell(List.of(skipping));
    assertThat(folder.resolve("out/good.png")).isRegularFile();
  }

  @Test
  void damaged_arrays_end_well() throws IOException {
    Path images = folder.resolve("images.npy");
    Path values = folder.resolve("values.npy");
    try (TensorScope scope = TensorScope.open()) {
      Npy.write(images, torch.zeros(3, 1, 8, 8));
      Npy.write(values, Tensors.of(new float[] {1, 2, 3}, 3));
    }
    List<HostileCase> cases =
        cases(
            Damage.of(Files.readAllBytes(images), 5),
            "images.npy",
            file -> List.of("apply", "--transform", "flip-x", file, file + ".out.npy"));
    cases.addAll(
        cases(
            Damage.of(Files.readAllBytes(values), 6),
            "values.npy",
            file ->
                List.of(
                    "apply",
                    "--transform",
                    "rotate",
                    "--values",
                    file,
                    images.toString(),
                    file + ".out.npy")));
    endWell(cases, 60);
  }

  @ParameterizedTest
  @CsvSource({
    "idx, train-images-idx3-ubyte, 7",
    "idx, train-labels-idx1-ubyte, 8",
    "idx.gz, train-images-idx3-ubyte.gz, 9",
    "cifar, data_batch_2.bin, 10",
    "cifar, test_batch.bin, 11"
  })
  void damaged_data_sets_end_well(String format, String name, long seed) throws IOException {
    List<HostileCase> cases = new ArrayList<>();
    Path original = DataFolders.write(folder.resolve("original"), format);
    byte[] content = Files.readAllBytes(original.resolve(name));
    for (Map.Entry<String, byte[]> damaged : Damage.of(content, seed).entrySet()) {
      Path own = Files.createDirectory(folder.resolve("case" + cases.size()));
      Path data = DataFolders.write(own.resolve("data"), format);
      Files.write(data.resolve(name), damaged.getValue());
      cases.add(
          HostileCase.of(
              name + ", " + damaged.getKey(),
              own,
              List.of("preview", "--dataset", data, "--columns", "2", "--out", own + "/p.png")
                  .toArray()));
    }
    endWell(cases, 30);
  }

  private byte[] picture(String type) throws IOException {
    BufferedImage image = Pictures.colour(24, 20);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, type, bytes);
    return bytes.toByteArray();
  }

  private static List<String> apply(String file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("apply"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(file, Path.of(file).getParent().resolve("out.png").toString()));
    return arguments;
  }

  /** Each damaged file in a folder of its own. */
  private List<HostileCase> cases(
      Map<String, byte[]> damaged, String name, Function<String, List<String>> command) {
    List<HostileCase> cases = new ArrayList<>();
    damaged.forEach(
        (what, content) -> {
          Path own = folder.resolve(name + "-" + cases.size());
          try {
            Files.createDirectory(own);
            Files.write(own.resolve(name), content);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          List<String> arguments = command.apply(own.resolve(name).toString());
          cases.add(new HostileCase(name + ", " + what, own, arguments));
        });
    return cases;
  }

  private static void endWell(List<HostileCase> cases, int least) {
    assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    Ordeal.assertAllEndWell(cases);
  }
}
