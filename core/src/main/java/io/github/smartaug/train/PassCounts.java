package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.ProbeDraws;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.random.RandomStream;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run spends its time with: about how many images go through the model, by kind of pass.
 * Each kind has a speed of its own in each way to compute.
 *
 * @param images of the whole run; kinds that are left out have none
 */
public record PassCounts(Map<PassKind, Double> images) {
  /** What is left out takes less than this share of the time. */
  private static final double SMALLEST_SHARE = 0.02;

  /** About so many alternatives are tried again, once the policy has learned which. */
  private static final int REFINED = 4;

  /** Shares are told in steps of so many percent. */
  private static final int PERCENT = 5;

  /** A kind of pass. */
  public enum PassKind {
    /** The gradient of a training loss by the parameters: steps, trials. */
    GRADIENT("gradients", 3),
    /** The same in evaluation mode: the gradient of a validation loss. */
    VALIDATION("validation gradients", 3),
    /**
     * The derivative of that gradient along a direction, by the images: probes, unrolled steps. By
     * the model's tangents where it has them, else by autograd twice.
     */
    SECOND_DERIVATIVE("second derivatives", 7),
    /** Logits in evaluation mode. */
    EVALUATION("evaluation", 1);

    private final String words;

    /** In forward passes. */
    private final double cost;

    PassKind(String words, double cost) {
      this.words = words;
      this.cost = cost;
    }
  }

  /** Copies the counts. */
  public PassCounts {
    Map<PassKind, Double> copy = new EnumMap<>(PassKind.class);
    images.forEach(
        (pass, count) -> {
          if (count > 0) {
            copy.put(pass, count);
          }
        });
    images = Collections.unmodifiableMap(copy);
  }

  /**
   * Those of a run.
   *
   * @param batch images of a step
   */
  public static PassCounts of(
      TrainingOptions options, Augmenter augmenter, TrainingData data, int batch) {
    double epochs = options.epochs();
    double steps = data.training().batches();
    MixedLoss loss = options.inner().loss();
    double perImage = augmenter.changesImages() ? loss.copies() + (loss.usesClean() ? 1 : 0) : 1;
    Map<PassKind, Double> counts = new EnumMap<>(PassKind.class);
    counts.put(PassKind.GRADIENT, epochs * steps * batch * perImage);
    counts.put(
        PassKind.EVALUATION, epochs * ((double) data.validation().size() + data.test().size()));
    if (augmenter.learns() || !options.inner().optimizer().learned().isEmpty()) {
      TrainingControls controls = options.controls();
      int start = Math.max(controls.augmentStart(), controls.meta().start());
      int inner = options.meta().innerSteps();
      double metaSteps = (epochs - start + 1) * Math.ceil(steps / inner);
      counts.put(PassKind.VALIDATION, metaSteps * controls.meta().validationBatches() * batch);
      if (augmenter.learns()) {
        HypergradientEstimator estimator = options.meta().estimator();
        int ofCycle = estimator.secondDerivatives((int) Math.min(inner, steps));
        counts.put(
            PassKind.SECOND_DERIVATIVE,
            metaSteps * (ofCycle * batch * perImage + ofProbe(estimator, augmenter)));
        counts.merge(PassKind.GRADIENT, metaSteps * ofTrials(estimator, augmenter), Double::sum);
      }
    }
    return new PassCounts(counts);
  }

  /** Clean images, and all alternatives of each. */
  private static double ofTrials(HypergradientEstimator estimator, Augmenter augmenter) {
    if (estimator.trialImages().isEmpty()) {
      return 0;
    }
    int alternatives =
        augmenter
            .drawTrials(new int[1], RandomStream.seeded(0))
            .map(TrialDraws::alternatives)
            .map(List::size)
            .orElse(0);
    return (double) estimator.trialImages().getAsInt() * (1 + alternatives)
        + (double) estimator.refinementImages() * (1 + REFINED);
  }

  private static double ofProbe(HypergradientEstimator estimator, Augmenter augmenter) {
    if (estimator.probeImages().isEmpty()) {
      return 0;
    }
    int alternatives =
        augmenter
            .drawProbe(new int[1], RandomStream.seeded(0))
            .map(ProbeDraws::alternatives)
            .orElse(0);
    return (double) estimator.probeImages().getAsInt() * (1 + alternatives);
  }

  /** The kinds that matter, with their shares of the images, which add up to 1. */
  Map<PassKind, Double> shares() {
    double all = totalCost();
    Map<PassKind, Double> kept = new EnumMap<>(images);
    kept.entrySet().removeIf(each -> cost(each) < SMALLEST_SHARE * all);
    double count = kept.values().stream().mapToDouble(Double::doubleValue).sum();
    kept.replaceAll((pass, some) -> some / count);
    return kept;
  }

  private static double cost(Map.Entry<PassKind, Double> some) {
    return some.getKey().cost * some.getValue();
  }

  private double totalCost() {
    return images.entrySet().stream().mapToDouble(PassCounts::cost).sum();
  }

  /** Number of images whose gradients take as long as all passes of the run. */
  public double inGradients() {
    return totalCost() / PassKind.GRADIENT.cost;
  }

  /** The same, of one pass of an image of each kind that matters: what one measurement takes. */
  public double measuredInGradients() {
    return shares().keySet().stream().mapToDouble(pass -> pass.cost).sum() / PassKind.GRADIENT.cost;
  }

  /** Shares of the time, such as {@code gradients 85 %, second derivatives 15 %}. */
  @Override
  public String toString() {
    double all = totalCost();
    List<PassKind> kinds = List.copyOf(shares().keySet());
    return kinds.stream()
        .map(
            pass ->
                kinds.size() == 1
                    ? pass.words
                    : "%s %d %%".formatted(pass.words, percent(pass.cost * images.get(pass) / all)))
        .collect(Collectors.joining(", "));
  }

  private static long percent(double share) {
    return PERCENT * Math.round(100 * share / PERCENT);
  }
}
