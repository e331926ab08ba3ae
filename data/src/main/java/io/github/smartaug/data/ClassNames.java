package io.github.smartaug.data;

import java.util.List;
import java.util.stream.IntStream;

/** Names of the classes of the data sets whose files hold only numbers. */
final class ClassNames {
  static final List<String> FASHION_MNIST =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /** Hiragana, in Latin letters. */
  static final List<String> KMNIST =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  static final List<String> CIFAR_10 =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private ClassNames() {}

  /** {@code 0, 1, ...}: the digits of MNIST, and classes without known names. */
  static List<String> numerals(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
