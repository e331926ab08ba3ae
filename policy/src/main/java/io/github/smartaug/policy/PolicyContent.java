package io.github.smartaug.policy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a policy is made of, and what it does with it.
 *
 * @param choice what is drawn
 * @param length number of transforms that an image gets in turn
 * @param repeats whether an image may have a transform more than once
 * @param transforms to choose from
 * @param sampling how those that move pixels read the image
 * @param distributions over choices, by class
 * @param magnitudes by class, then transform
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record PolicyContent(
    Choice choice,
    int length,
    boolean repeats,
    List<NamedTransform> transforms,
    Sampling sampling,
    Distribution[] distributions,
    float[][] magnitudes)
    implements Serializable {

  int classes() {
    return distributions.length;
  }

  /** Draws for images in the library's order. */
  List<ImageDraw> draw(int[] classes, RandomGenerator random) {
    int images = classes.length;
    Distribution[] ofImage = new Distribution[images];
    for (int i = 0; i < images; i++) {
      ofImage[i] = distributions[requireClass(classes[i])];
    }
    int[][] chosen = new int[length][images];
    double[][] uniforms = new double[length][images];
    choice.draw(ofImage, transforms.size(), chosen, uniforms, random);
    List<ImageDraw> draws = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      List<ImageDraw.Step> steps = new ArrayList<>(length);
      Set<Integer> had = new HashSet<>();
      for (int n = 0; n < length; n++) {
        if (had.add(chosen[n][i]) || repeats) {
          steps.add(new ImageDraw.Step(chosen[n][i], uniforms[n][i]));
        }
      }
      draws.add(new ImageDraw(steps, classes[i]));
    }
    return draws;
  }

  int requireClass(int imageClass) {
    if (imageClass < 0 || imageClass >= classes()) {
      throw new IllegalArgumentException(
          "class: " + imageClass + ", allowed: from 0 to " + (classes() - 1));
    }
    return imageClass;
  }

  /** Transforms an image, which is overwritten. */
  void apply(Planes image, ImageDraw draw) {
    float[] ofClass = magnitudes[requireClass(draw.imageClass())];
    AffineMatrix run = null;
    for (int n = 0; n < draw.steps().size(); n++) {
      ImageDraw.Step step = draw.steps().get(n);
      NamedTransform transform = transform(step);
      TransformFunction function = transform.function();
      float value =
          transform
              .range()
              .value(ofClass[step.transform()], step.uniform(), image.height, image.width);
      if (run == null && !(function.isAffine() && isFollowedByAffine(draw, n))) {
        long seed = DrawStream.hash(Double.doubleToLongBits(step.uniform()));
        function.apply(image, value, seed, sampling);
        continue;
      }
      AffineMatrix own = function.inverse(value, image.height, image.width);
      run = run == null ? own : run.then(own);
      if (!isFollowedByAffine(draw, n)) {
        new AffineSampler(image, sampling).sample(run);
        run = null;
      }
    }
  }

  /** Whether an affine transform follows with which this one is resampled. */
  private boolean isFollowedByAffine(ImageDraw draw, int position) {
    if (sampling.runs() == Sampling.Runs.SEPARATE) {
      return false;
    }
    for (ImageDraw.Step step : draw.steps().subList(position + 1, draw.steps().size())) {
      TransformFunction function = transform(step).function();
      if (function != TransformFunction.IDENTITY) {
        return function.isAffine();
      }
    }
    return false;
  }

  private NamedTransform transform(ImageDraw.Step step) {
    if (step.transform() < 0 || step.transform() >= transforms.size()) {
      throw new IllegalArgumentException(
          "draw: transform "
              + step.transform()
              + ", allowed: from 0 to "
              + (transforms.size() - 1));
    }
    return transforms.get(step.transform());
  }

  double[] probabilities(int ofClass) {
    return choice.marginals(distributions[requireClass(ofClass)], transforms.size(), length);
  }
}
