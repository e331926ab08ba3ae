package io.github.smartaug.data;

import io.github.smartaug.random.RandomStream;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A data set cut in two at random, class by class: both parts have the class proportions of the
 * whole, as nearly as whole images allow, and keep its order.
 *
 * <p>Of a class with {@code n} of the set's {@code N} images, the held-out part of {@code k} images
 * gets {@code k * n / N}, rounded up for the classes with the largest remainders and down for the
 * others, so that the numbers sum to {@code k}.
 *
 * @param remaining what is left
 * @param heldOut what was drawn
 */
public record StratifiedSplit(ImageDataset remaining, ImageDataset heldOut) {
  private static final String VALIDATION = "validation-split";

  /**
   * Holds out a validation set: {@code round(fraction * size)} images, which ones is a function of
   * the seed.
   *
   * @param fraction in (0,1)
   * @throws IllegalArgumentException if one of the parts would be empty
   */
  public static StratifiedSplit validation(ImageDataset dataset, double fraction, long seed) {
    return holdOut(dataset, fraction, RandomStream.of(seed, VALIDATION));
  }

  /**
   * Holds out a validation set of that many images; which ones is a function of the seed, the same
   * as those of a fraction that comes to as many.
   *
   * @throws IllegalArgumentException if one of the parts would be empty
   */
  public static StratifiedSplit validation(ImageDataset dataset, int count, long seed) {
    if (count < 1 || count >= dataset.size()) {
      throw new IllegalArgumentException(
          count
              + " of "
              + dataset.size()
              + " images to hold out, allowed: a number that leaves at least one on both sides");
    }
    return holdOut(dataset, count, RandomStream.of(seed, VALIDATION));
  }

  /**
   * One part of a k-fold cross-validation, held out: Stone, "Cross-validatory choice and assessment
   * of statistical predictions", Journal of the Royal Statistical Society B, 1974. Every image is
   * in exactly one part. The parts' sizes differ by at most one, and so do their numbers of images
   * of each class (Kohavi, "A study of cross-validation and bootstrap for accuracy estimation and
   * model selection", IJCAI 1995, recommends such parts). Which images form a part is a function of
   * the seed.
   *
   * @param fold from 1 to {@code folds}
   * @param folds number of parts, from 2 to the number of images
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static StratifiedSplit fold(ImageDataset dataset, int fold, int folds, long seed) {
    if (folds < 2 || folds > dataset.size()) {
      throw new IllegalArgumentException(
          folds + " folds of " + dataset.size() + " images, allowed: 2.." + dataset.size());
    }
    if (fold < 1 || fold > folds) {
      throw new IllegalArgumentException("fold is " + fold + ", allowed: 1.." + folds);
    }
    boolean[] chosen = new boolean[dataset.size()];
    int dealt = 0;
    for (int index : shuffledByClass(dataset, RandomStream.of(seed, "folds"))) {
      chosen[index] = dealt++ % folds == fold - 1;
    }
    return cut(dataset, chosen);
  }

  /** All images, class after class, in random order within a class. */
  private static int[] shuffledByClass(ImageDataset dataset, RandomStream random) {
    int[] labels = dataset.labels();
    int[] next = dataset.classCounts();
    int start = 0;
    for (int label = 0; label < next.length; label++) {
      int count = next[label];
      next[label] = start;
      start += count;
    }
    int[] order = new int[labels.length];
    for (int index : random.permutation(labels.length)) {
      order[next[labels[index]]++] = index;
    }
    return order;
  }

  static StratifiedSplit holdOut(ImageDataset dataset, double fraction, RandomStream random) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "fraction to hold out is " + fraction + ", allowed: between 0 and 1, both excluded");
    }
    int count = (int) Math.round(fraction * dataset.size());
    if (count == 0 || count == dataset.size()) {
      throw new IllegalArgumentException(
          "fraction "
              + fraction
              + " of "
              + dataset.size()
              + " images holds out "
              + count
              + ", allowed: one that leaves at least one image on both sides");
    }
    return holdOut(dataset, count, random);
  }

  private static StratifiedSplit holdOut(ImageDataset dataset, int count, RandomStream random) {
    return cut(dataset, draw(dataset, count, random));
  }

  private static StratifiedSplit cut(ImageDataset dataset, boolean[] chosen) {
    return new StratifiedSplit(
        dataset.subset(where(chosen, false)), dataset.subset(where(chosen, true)));
  }

  /**
   * At most {@code count} images, drawn with the class proportions of the set; all of it if it is
   * not larger. Which ones is a function of the seed.
   *
   * @param count at least 1
   */
  public static ImageDataset limit(ImageDataset dataset, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("limit is " + count + " images, allowed: at least 1");
    }
    if (count >= dataset.size()) {
      return dataset;
    }
    return dataset.subset(where(draw(dataset, count, RandomStream.of(seed, "limit")), true));
  }

  private static boolean[] draw(ImageDataset dataset, int count, RandomStream random) {
    int[] quotas = quotas(dataset.classCounts(), count);
    int[] labels = dataset.labels();
    boolean[] chosen = new boolean[labels.length];
    for (int index : random.permutation(labels.length)) {
      if (quotas[labels[index]] > 0) {
        quotas[labels[index]]--;
        chosen[index] = true;
      }
    }
    return chosen;
  }

  /** How many images each class gives (method of the largest remainder; ties: the lower class). */
  static int[] quotas(int[] classCounts, int count) {
    long total = IntStream.of(classCounts).asLongStream().sum();
    int[] quotas = IntStream.of(classCounts).map(n -> (int) ((long) count * n / total)).toArray();
    int missing = count - IntStream.of(quotas).sum();
    IntStream.range(0, classCounts.length)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -((long) count * classCounts[c] % total)))
        .limit(missing)
        .forEach(c -> quotas[c]++);
    return quotas;
  }

  private static int[] where(boolean[] chosen, boolean wanted) {
    return IntStream.range(0, chosen.length).filter(i -> chosen[i] == wanted).toArray();
  }
}
