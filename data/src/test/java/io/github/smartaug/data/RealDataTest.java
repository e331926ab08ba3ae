package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.smartaug.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The original files of published sets, where they are: {@code -Dsmartaug.data=FOLDER} names the
 * folder around them. The checksums are SHA-256 of all pixels and of all labels, a byte each, taken
 * from the files without this library.
 */
@EnabledIfSystemProperty(named = RealDataTest.PROPERTY, matches = ".+")
class RealDataTest {
  static final String PROPERTY = "smartaug.data";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mnist | 1x28x28 | train | 60000 | 5 0 4 1 9 2 1 3 1 4 |"
            + " 741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757 |"
            + " 1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
        "mnist | 1x28x28 | test | 10000 | 7 2 1 0 4 1 4 9 5 9 |"
            + " 6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161 |"
            + " ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
        "fashion-mnist | 1x28x28 | train | 60000 | 9 0 0 3 0 2 7 2 5 5 |"
            + " 2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012 |"
            + " 657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
        "fashion-mnist | 1x28x28 | test | 10000 | 9 2 1 1 6 1 4 6 5 7 |"
            + " c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a |"
            + " 3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
        "cifar-10-batches-bin | 3x32x32 | train | 50000 | 6 9 9 4 1 1 2 7 8 3 |"
            + " 9d5c2eddadb0deff02c14c350c0385aab7b1d5ff1edfeb4997c8dc8644960111 |"
            + " 2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
        "cifar-10-batches-bin | 3x32x32 | test | 10000 | 3 8 8 0 6 6 1 6 3 1 |"
            + " 177777c33ba79825320efa646ad04a94bdc3c80e4ebe3bd21724f8cdfd4b9d56 |"
            + " cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
      })
  void the_original_files_are_read_to_the_last_pixel(
      String name,
      String shape,
      String set,
      int count,
      String firstLabels,
      String pixels,
      String labels) {
    Path folder = Path.of(System.getProperty(PROPERTY)).resolve(name);
    assumeThat(Files.isDirectory(folder)).as(folder + " is there").isTrue();
    DatasetBundle bundle = Datasets.load(folder.toString());
    ImageDataset images = set.equals("train") ? bundle.training() : bundle.test();

    assertThat(name).startsWith(bundle.name());
    assertThat(images.shape()).hasToString(shape);
    assertThat(images.size()).isEqualTo(count);
    assertThat(Arrays.stream(images.labels()).limit(10))
        .containsExactly(
            Arrays.stream(firstLabels.split(" ", -1))
                .map(Integer::valueOf)
                .toArray(Integer[]::new));
    MessageDigest ofPixels = Sha256.digest();
    MessageDigest ofLabels = Sha256.digest();
    for (int i = 0; i < count; i++) {
      ofPixels.update(images.pixels(i));
      ofLabels.update((byte) images.label(i));
    }
    assertThat(Sha256.hexadecimal(ofPixels)).isEqualTo(pixels);
    assertThat(Sha256.hexadecimal(ofLabels)).isEqualTo(labels);
  }
}
