package io.github.smartaug.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Draws for trials of a policy's transforms: in each, all images have one and the same transform at
 * one of their positions, with a magnitude that may be a multiple of the policy's. Everything else
 * is the same in all of them, such as the other transforms of an image, and what places a value in
 * its range.
 *
 * @param alternatives tried one after the other
 * @param positions the one of each image that varies, [image]
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, never compared
public record TrialDraws(List<Alternative> alternatives, int[] positions) {
  /** Copies the list. */
  public TrialDraws {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * What is tried.
   *
   * @param transform that all images have, index in the set
   * @param magnitudeFactor by which the magnitude of that transform is multiplied
   * @param draws with that transform at the varying position of each image
   */
  public record Alternative(int transform, double magnitudeFactor, Draws draws) {}

  /**
   * Tries every transform at one position of every image.
   *
   * @param once draws of the images
   * @param positions that vary, [image]
   * @param factors of the magnitude that each transform is tried with, [transform][alternative]
   */
  public static TrialDraws of(Draws once, int[] positions, double[][] factors) {
    List<Alternative> alternatives = new ArrayList<>();
    for (int t = 0; t < factors.length; t++) {
      Draws draws = with(once, positions, t);
      for (double factor : factors[t]) {
        alternatives.add(new Alternative(t, factor, draws));
      }
    }
    return new TrialDraws(alternatives, positions);
  }

  private static Draws with(Draws once, int[] positions, int transform) {
    int[][] chosen = new int[once.length()][];
    for (int n = 0; n < chosen.length; n++) {
      chosen[n] = once.transforms()[n].clone();
    }
    for (int i = 0; i < positions.length; i++) {
      chosen[positions[i]][i] = transform;
    }
    return new Draws(chosen, once.uniforms(), once.classes());
  }

  /** Number of images. */
  public int images() {
    return positions.length;
  }

  /**
   * Alternatives whose magnitudes are worth a closer look: the smaller and the larger one of the
   * transforms that are drawn most, if that is often enough.
   *
   * @param probabilities of all transforms
   * @param transformsAtMost how many transforms they may be of
   * @param least probability of each
   * @return in their order
   */
  int[] oftenDrawn(double[] probabilities, int transformsAtMost, double least) {
    Map<Integer, List<Integer>> ofTransforms =
        IntStream.range(0, alternatives.size())
            .boxed()
            .collect(Collectors.groupingBy(a -> alternatives.get(a).transform()));
    return ofTransforms.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1 && probabilities[entry.getKey()] >= least)
        .sorted(Comparator.comparingDouble(entry -> -probabilities[entry.getKey()]))
        .limit(transformsAtMost)
        .flatMap(entry -> entry.getValue().stream())
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /**
   * What each transform is worth: the mean of its alternatives, or better if the better of two
   * leads the other by more than is usual. Of one that is too strong that is the weaker one, where
   * its magnitude is going: evidence is summed up over a run, and a transform that counts by its
   * mean is rejected for good before its magnitude has come to where it helps. But the better of
   * two is better than it is by what noise adds to the difference, which nothing adds to a
   * transform without a magnitude. So the median lead, most of which is noise, does not count.
   *
   * @param worth of each alternative, a change of a loss: the least is the best
   * @param transforms of the set, T
   */
  double[] worthPerTransform(double[] worth, int transforms) {
    double[] least = new double[transforms];
    double[] most = new double[transforms];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    int[] tried = new int[transforms];
    for (int a = 0; a < worth.length; a++) {
      int transform = alternatives.get(a).transform();
      least[transform] = Math.min(least[transform], worth[a]);
      most[transform] = Math.max(most[transform], worth[a]);
      tried[transform]++;
    }
    double usual =
        median(
            IntStream.range(0, transforms)
                .filter(t -> tried[t] > 1)
                .mapToDouble(t -> most[t] - least[t]));
    double[] counted = new double[transforms];
    Arrays.setAll(
        counted,
        t -> {
          double lead = most[t] - least[t];
          return least[t] + Math.min(lead, usual) / 2;
        });
    return counted;
  }

  private static double median(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /**
   * How much more a larger magnitude of each transform is worth: the difference quotient between
   * its first and its last alternative, 0 where these have the same magnitude.
   *
   * @param worth of each alternative
   * @param magnitudes of its transform in each alternative
   * @param transforms of the set, T
   */
  double[] slopes(double[] worth, double[] magnitudes, int transforms) {
    double[] slopes = new double[transforms];
    int first = 0;
    for (int a = 1; a < worth.length; a++) {
      int transform = alternatives.get(a).transform();
      if (alternatives.get(first).transform() != transform) {
        first = a;
      }
      double distance = magnitudes[a] - magnitudes[first];
      slopes[transform] = distance == 0 ? 0 : (worth[a] - worth[first]) / distance;
    }
    return slopes;
  }
}
