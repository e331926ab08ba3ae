package io.github.smartaug.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Draws for trials of a policy's transforms: in each, all images have one and the same transform at
 * one of their positions, with a magnitude that may be a multiple of the policy's. Everything else
 * is the same in all of them, such as the other transforms of an image, and what places a value in
 * its range.
 *
 * @param trials one after the other
 * @param positions the one of each image that varies, [image]
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, never compared
public record TrialDraws(List<Trial> trials, int[] positions) {
  /** Copies the list. */
  public TrialDraws {
    trials = List.copyOf(trials);
  }

  /**
   * One trial.
   *
   * @param transform that all images have, index in the set
   * @param magnitudeFactor by which the magnitude of that transform is multiplied
   * @param draws with that transform at the varying position of each image
   */
  public record Trial(int transform, double magnitudeFactor, Draws draws) {}

  /**
   * Tries every transform at one position of every image.
   *
   * @param once draws of the images
   * @param positions that vary, [image]
   * @param factors of the magnitude that each transform is tried with, [transform][trial]
   */
  public static TrialDraws of(Draws once, int[] positions, double[][] factors) {
    List<Trial> trials = new ArrayList<>();
    for (int t = 0; t < factors.length; t++) {
      Draws draws = with(once, positions, t);
      for (double factor : factors[t]) {
        trials.add(new Trial(t, factor, draws));
      }
    }
    return new TrialDraws(trials, positions);
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
   * What each transform is worth: the mean of its trials.
   *
   * @param worth of each trial
   * @param transforms of the set, T
   */
  double[] meanPerTransform(double[] worth, int transforms) {
    double[] sums = new double[transforms];
    int[] counts = new int[transforms];
    for (int a = 0; a < worth.length; a++) {
      sums[trials.get(a).transform()] += worth[a];
      counts[trials.get(a).transform()]++;
    }
    Arrays.setAll(sums, t -> sums[t] / counts[t]);
    return sums;
  }

  /**
   * How much more a larger magnitude of each transform is worth: the difference quotient between
   * its first and its last trial, 0 where these are the same.
   *
   * @param worth of each trial
   * @param magnitudes [transform]
   * @param tried which magnitude a trial has, given the transform's
   */
  double[] slopes(double[] worth, double[] magnitudes, ToDoubleBiFunction<Double, Trial> tried) {
    double[] slopes = new double[magnitudes.length];
    int[] first = new int[magnitudes.length];
    Arrays.fill(first, -1);
    for (int a = 0; a < worth.length; a++) {
      int t = trials.get(a).transform();
      if (first[t] < 0) {
        first[t] = a;
        continue;
      }
      double distance =
          tried.applyAsDouble(magnitudes[t], trials.get(a))
              - tried.applyAsDouble(magnitudes[t], trials.get(first[t]));
      slopes[t] = distance == 0 ? 0 : (worth[a] - worth[first[t]]) / distance;
    }
    return slopes;
  }
}
