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
  /**
   * Holds out a validation set: {@code round(fraction * size)} images, which ones is a function of
   * the seed.
   *
   * @param fraction in (0,1)
   * @throws IllegalArgumentException if one of the parts would be empty
   */
  public static StratifiedSplit validation(ImageDataset dataset, double fraction, long seed) {
    return holdOut(dataset, fraction, RandomStream.of(seed, "validation-split"));
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
    boolean[] chosen = draw(dataset, count, random);
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
