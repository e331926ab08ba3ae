package io.github.smartaug.run;

import io.github.smartaug.input.InputRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a classifier says of one image. */
public final class Prediction {
  private final List<String> classNames;
  private final double[] probabilities;

  /**
   * A prediction of copied numbers.
   *
   * @param classNames of class 0, 1, ...
   * @param probabilities of class 0, 1, ...
   * @throws IllegalArgumentException if there is not one for each class
   */
  public Prediction(List<String> classNames, double[] probabilities) {
    if (classNames.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "prediction: "
              + probabilities.length
              + " probabilities, allowed: "
              + classNames.size()
              + ", one for each class");
    }
    this.classNames = List.copyOf(classNames);
    this.probabilities = probabilities.clone();
  }

  /** Probability of class 0, 1, ...: a copy; they add up to 1. */
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** Index of the likeliest class, from 0; the first of equals. */
  public int classIndex() {
    int likeliest = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[likeliest]) {
        likeliest = i;
      }
    }
    return likeliest;
  }

  /**
   * Indices of the likeliest classes, the likeliest first; of equals the first comes first.
   *
   * @param count how many, from 1 to the number of classes
   * @throws IllegalArgumentException if it is outside
   */
  public List<Integer> likeliest(int count) {
    InputRange.within(1, probabilities.length, "count", count);
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -probabilities[index]))
        .limit(count)
        .toList();
  }

  /** Name of the likeliest class. */
  public String className() {
    return classNames.get(classIndex());
  }

  /** Probability of the likeliest class. */
  public double probability() {
    return probabilities[classIndex()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction prediction
        && classNames.equals(prediction.classNames)
        && Arrays.equals(probabilities, prediction.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * classNames.hashCode() + Arrays.hashCode(probabilities);
  }

  /** Such as {@code Sandal (93.1 %)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%.1f %%)", className(), 100 * probability());
  }
}
