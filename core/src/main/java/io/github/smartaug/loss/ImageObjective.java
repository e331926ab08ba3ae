package io.github.smartaug.loss;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.augment.ProbeDraws;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.Trials;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Handover;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The inner loss on one batch, with all random draws made: evaluating it again gives the same bits.
 */
public final class ImageObjective implements InnerObjective {
  private final Model model;
  private final Normalization normalization;
  private final MixedLoss loss;
  private final Augmenter augmenter;
  private final Batch batch;
  private final BiFunction<Augmenter, Tensor, Augmented> augmentation;
  private final Optional<InnerObjective> probe;
  private final Optional<Trials> trials;
  private final long seed;
  private final BatchSlice part;
  private final Optional<Tensor> target;
  private final Stopwatch augmentationTime;

  /**
   * An objective.
   *
   * @param model whose parameters are trained
   * @param normalization applied to clean and augmented images
   * @param loss on both; a policy that {@link Augmenter#changesImages changes no image} has the
   *     cross-entropy of the clean images instead
   * @param augmenter of the images; what it learns is taken from the meta parameters
   * @param batch must live as long as the objective
   * @param draws of the augmenter, by {@link #draw}
   * @param seed of what the model draws (dropout)
   */
  public ImageObjective(
      Model model,
      Normalization normalization,
      MixedLoss loss,
      Augmenter augmenter,
      Batch batch,
      Draws draws,
      long seed) {
    this(
        model,
        normalization,
        loss,
        augmenter,
        batch,
        (policy, images) -> policy.apply(images, draws),
        Optional.empty(),
        Optional.empty(),
        seed);
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private ImageObjective(
      Model model,
      Normalization normalization,
      MixedLoss loss,
      Augmenter augmenter,
      Batch batch,
      BiFunction<Augmenter, Tensor, Augmented> augmentation,
      Optional<InnerObjective> probe,
      Optional<Trials> trials,
      long seed) {
    this.model = model;
    this.normalization = normalization;
    this.loss = loss;
    this.augmenter = augmenter;
    this.batch = batch;
    this.augmentation = augmentation;
    this.probe = probe;
    this.trials = trials;
    this.seed = seed;
    this.part = BatchSlice.whole(batch);
    this.target = Optional.empty();
    this.augmentationTime = new Stopwatch();
  }

  private ImageObjective(
      ImageObjective whole, BatchSlice part, Optional<Tensor> target, long seed) {
    this.model = whole.model;
    this.normalization = whole.normalization;
    this.loss = whole.loss;
    this.augmenter = whole.augmenter;
    this.batch = whole.batch;
    this.augmentation = whole.augmentation;
    this.probe = Optional.empty();
    this.trials = Optional.empty();
    this.seed = seed;
    this.part = part;
    this.target = target;
    this.augmentationTime = whole.augmentationTime;
  }

  /**
   * The same loss, with a probe of the policy on other images.
   *
   * @param images of the probe, which must live as long as the objective
   * @param draws of the augmenter for them
   */
  public ImageObjective withProbe(Batch images, ProbeDraws draws) {
    ImageObjective ofProbe =
        new ImageObjective(
            model,
            normalization,
            loss.toBuilder().copies(draws.alternatives()).build(),
            augmenter,
            images,
            (policy, copies) -> policy.applyProbe(copies, draws),
            Optional.empty(),
            Optional.empty(),
            seed);
    return new ImageObjective(
        model,
        normalization,
        loss,
        augmenter,
        batch,
        augmentation,
        Optional.of(ofProbe),
        trials,
        seed);
  }

  /**
   * The same loss, with trials of the policy's transforms on other images.
   *
   * @param images of the trials, which must live as long as the objective
   * @param draws of the augmenter for them
   */
  public ImageObjective withTrials(Batch images, TrialDraws draws) {
    return withTrials(trials(images, draws, Optional.empty()));
  }

  /**
   * The same, those of them that are {@linkplain Augmenter#refinedTrials worth more images} on more
   * images, too.
   *
   * @param images of the trials, which must live as long as the objective
   * @param draws of the augmenter for them
   * @param more images, which must live as long as the objective
   * @param drawsOfMore of the augmenter for these
   */
  public ImageObjective withTrials(
      Batch images, TrialDraws draws, Batch more, TrialDraws drawsOfMore) {
    int[] again = augmenter.refinedTrials(drawsOfMore);
    if (again.length == 0) {
      return withTrials(images, draws);
    }
    double weight = (double) more.size() / (images.size() + more.size());
    Trials ofMore = trials(more, drawsOfMore, Optional.empty());
    return withTrials(
        trials(images, draws, Optional.of(new Trials.Refinement(ofMore, again, weight))));
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private Trials trials(Batch images, TrialDraws draws, Optional<Trials.Refinement> refinement) {
    return new ImageTrials(model, normalization, loss, augmenter, images, draws, seed, refinement);
  }

  private ImageObjective withTrials(Trials ofImages) {
    return new ImageObjective(
        model,
        normalization,
        loss,
        augmenter,
        batch,
        augmentation,
        probe,
        Optional.of(ofImages),
        seed);
  }

  @Override
  public Optional<Trials> trials() {
    return trials;
  }

  @Override
  public Optional<InnerObjective> probe() {
    return probe;
  }

  /**
   * Objectives of consecutive parts of the batch, whose sum is this one for a model that treats
   * every image by itself. Batch normalisation takes the statistics of each part. Loss weights are
   * normalised over the whole batch, for which each part augments the whole batch.
   *
   * @param parts their number, from 1 to the batch's size; sizes differ by at most one
   */
  public List<InnerObjective> split(int parts) {
    List<InnerObjective> objectives = new ArrayList<>();
    for (BatchSlice each : part.split(parts)) {
      objectives.add(new ImageObjective(this, each, target, seed + objectives.size()));
    }
    return objectives;
  }

  /** Number of images. */
  public int images() {
    return part.size();
  }

  /**
   * Draws for all augmented copies of a batch. The copies go through the model as one batch, over
   * all of which batch normalisation takes its statistics and loss weights their mean.
   */
  public static Draws draw(
      Augmenter augmenter, MixedLoss loss, Batch batch, RandomGenerator random) {
    int copies = loss.copies();
    if (!augmenter.usesClasses()) {
      return augmenter.draw(copies * batch.size(), random);
    }
    try (TensorScope scope = TensorScope.open()) {
      return augmenter.draw(classes(Copies.repeat(batch.labels(), copies)), random);
    }
  }

  /** Draws for a probe on a batch; empty if the policy has none. */
  public static Optional<ProbeDraws> drawProbe(
      Augmenter augmenter, Batch batch, RandomGenerator random) {
    return augmenter.drawProbe(classes(batch.labels()), random);
  }

  /** Draws for trials on a batch; empty if the policy has none. */
  public static Optional<TrialDraws> drawTrials(
      Augmenter augmenter, Batch batch, RandomGenerator random) {
    return augmenter.drawTrials(classes(batch.labels()), random);
  }

  private static int[] classes(Tensor labels) {
    return Arrays.stream(Tensors.toLongs(labels)).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public Evaluation evaluate(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    try (TensorScope scope = TensorScope.open()) {
      Evaluation evaluation =
          evaluate(parameters, buffers, metaParameters, RandomStream.seeded(seed));
      return new Evaluation(
          scope.keep(part.share(evaluation.loss())), scope.keep(evaluation.buffers()));
    }
  }

  private Evaluation evaluate(
      NamedTensors parameters,
      NamedTensors buffers,
      NamedTensors metaParameters,
      RandomStream random) {
    Mode.Training mode = Mode.training(random);
    Tensor labels = part.of(batch.labels());
    Tensor images = part.of(batch.images());
    if (!augmenter.changesImages()) {
      Model.Output output = forward(images, parameters, buffers, mode);
      return new Evaluation(loss.cleanOnly(output.logits(), labels), output.buffers());
    }
    Augmented augmented = augment(metaParameters);
    LossWeights weights = augmented.weights();
    if (!loss.usesClean()) {
      Model.Output output =
          forward(augmented.images(), parameters, buffers, mode.ofAugmentedImages());
      return new Evaluation(loss.augmentedOnly(output.logits(), labels, weights), output.buffers());
    }
    Model.Output clean = forward(images, parameters, buffers, mode);
    Model.Output changed =
        forward(augmented.images(), parameters, clean.buffers(), ofAugmented(random));
    return new Evaluation(
        loss.evaluate(clean.logits(), target, changed.logits(), labels, weights),
        changed.buffers());
  }

  /** With a stopped gradient on the clean side, the predictions for clean images stay. */
  @Override
  public InnerObjective withConstantsAt(NamedTensors parameters, NamedTensors buffers) {
    if (!augmenter.changesImages()
        || !loss.usesClean()
        || loss.cleanBranch() == CleanBranch.LEARNS) {
      return this;
    }
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      Mode mode = Mode.training(RandomStream.seeded(seed));
      Tensor logits = forward(part.of(batch.images()), parameters, buffers, mode).logits();
      return new ImageObjective(this, part, Optional.of(scope.keep(logits)), seed);
    }
  }

  /** The mode of the augmented images' pass, after that of the clean ones. */
  private Mode ofAugmented(RandomStream random) {
    Mode.Training mode =
        switch (loss.runningStatistics()) {
          case CLEAN -> Mode.trainingAside(random);
          case ALL -> Mode.training(random);
        };
    return mode.ofAugmentedImages();
  }

  /**
   * Possible for models that can be linearized, with the mixed loss, on a whole batch; and without
   * a learned policy, when the meta parameters are hyperparameters of the optimizer.
   */
  @Override
  public Optional<InnerObjective.Linearized> linearize(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    if (!augmenter.learns()) {
      return Optional.of(
          new MetaIndependentLoss(evaluate(parameters, buffers.detach(), metaParameters)));
    }
    if (!loss.usesClean() || !part.isWhole()) {
      return Optional.empty();
    }
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(seed);
      return model
          .linearize(normalize(batch.images()), parameters, before(buffers), Mode.training(random))
          .map(
              clean ->
                  Handover.orClosed(
                      clean::close,
                      () -> linearize(clean, parameters, metaParameters, random, scope)));
    }
  }

  /** Does the second pass, and takes over the first. */
  private InnerObjective.Linearized linearize(
      Model.Linearized clean,
      NamedTensors parameters,
      NamedTensors metaParameters,
      RandomStream random,
      TensorScope scope) {
    Augmented augmented = augment(metaParameters);
    Model.Linearized changed =
        model
            .linearize(
                normalize(augmented.images()),
                parameters,
                clean.output().buffers(),
                ofAugmented(random))
            .orElseThrow();
    LinearizedMixedLoss linearized =
        Handover.orClosed(
            changed::close,
            () ->
                new LinearizedMixedLoss(loss, clean, changed, batch.labels(), augmented.weights()));
    scope.keep(linearized.evaluation().loss());
    scope.keep(linearized.evaluation().buffers());
    return linearized;
  }

  /** What clean images make of buffers depends on no meta parameter, and then nothing does. */
  private NamedTensors before(NamedTensors buffers) {
    return switch (loss.runningStatistics()) {
      case CLEAN -> buffers.detach();
      case ALL -> buffers;
    };
  }

  /** Time spent so far in augmenting images, in seconds; without the backward pass. */
  public double augmentationSeconds() {
    return augmentationTime.seconds();
  }

  private Augmented augment(NamedTensors metaParameters) {
    augmentationTime.start();
    try {
      Augmenter current = MetaParameterized.of(augmenter, metaParameters);
      Tensor copies = Copies.repeat(batch.images(), loss.copies());
      return part.of(augmentation.apply(current, copies), loss.copies());
    } finally {
      augmentationTime.stop();
    }
  }

  private Model.Output forward(
      Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    return model.forward(normalize(images), parameters, buffers, mode);
  }

  private Tensor normalize(Tensor images) {
    return normalization.normalize(images);
  }
}
