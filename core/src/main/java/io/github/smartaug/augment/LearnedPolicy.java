package io.github.smartaug.augment;

import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformStage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A policy with a probability and a magnitude for every transform, both learned by gradient.
 *
 * <p>Each image gets N transforms in turn, drawn independently from {@code softmax(temperature *
 * logits)}, each with its own value from a range that grows with the transform's magnitude.
 * Magnitudes are learned through the transforms. Probabilities are learned through the loss weights
 * alone: an image weighs as much as the mean of its transforms' logits, relative to the others of
 * the batch.
 *
 * <p>Immutable: a meta step makes a new policy by {@link #withParameters}.
 */
public final class LearnedPolicy implements LearnablePolicy {
  private static final double INITIAL_LOGIT = 1;
  private static final double INITIAL_LEARNED_MAGNITUDE = 0.5;
  private static final double SMALLEST_MAGNITUDE = 0.01;
  private static final double LARGEST_MAGNITUDE = 1;

  private final TransformSet transforms;
  private final PolicyOptions options;
  private final NamedTensors parameters;
  private final TransformStage stage;

  /**
   * A policy with given parameters.
   *
   * @param parameters {@link #LOGITS} [T] and {@link #MAGNITUDES} [T], or [1] if shared
   */
  public LearnedPolicy(TransformSet transforms, PolicyOptions options, NamedTensors parameters) {
    this.transforms = transforms;
    this.options = options;
    this.parameters = parameters;
    this.stage = new TransformStage(transforms);
    requireSize(LOGITS, transforms.size());
    requireSize(MAGNITUDES, isShared() ? 1 : transforms.size());
  }

  /**
   * A policy before any learning: all logits 1; magnitudes 0.5 where they are learned and 1
   * elsewhere. Its parameters (float32, CPU) belong to the caller's scope.
   */
  public static LearnedPolicy initial(TransformSet transforms, PolicyOptions options) {
    double[] logits = new double[transforms.size()];
    Arrays.fill(logits, INITIAL_LOGIT);
    double start =
        options.magnitudes() == Learning.LEARNED ? INITIAL_LEARNED_MAGNITUDE : LARGEST_MAGNITUDE;
    double[] magnitudes =
        switch (options.sharing()) {
          case SHARED -> new double[] {start};
          case OWN ->
              transforms.transforms().stream()
                  .mapToDouble(t -> t.learnable() ? start : LARGEST_MAGNITUDE)
                  .toArray();
        };
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      parameters.put(LOGITS, Tensors.of(logits, logits.length).to(ScalarType.Float));
      parameters.put(MAGNITUDES, Tensors.of(magnitudes, magnitudes.length).to(ScalarType.Float));
      return new LearnedPolicy(transforms, options, scope.keep(NamedTensors.of(parameters)));
    }
  }

  @Override
  public TransformSet transforms() {
    return transforms;
  }

  @Override
  public PolicyOptions options() {
    return options;
  }

  @Override
  public NamedTensors parameters() {
    return parameters;
  }

  @Override
  public NamedTensors learnedParameters() {
    Map<String, Tensor> learned = new LinkedHashMap<>();
    if (options.probabilities() == Learning.LEARNED) {
      learned.put(LOGITS, parameters.get(LOGITS));
    }
    if (options.magnitudes() == Learning.LEARNED) {
      learned.put(MAGNITUDES, parameters.get(MAGNITUDES));
    }
    return NamedTensors.of(learned);
  }

  @Override
  public LearnedPolicy withParameters(NamedTensors replaced) {
    return new LearnedPolicy(transforms, options, parameters.with(replaced));
  }

  @Override
  public NamedTensors project(NamedTensors updated) {
    return updated.map(
        (name, tensor) ->
            name.equals(MAGNITUDES)
                ? tensor.clamp(scalar(SMALLEST_MAGNITUDE), scalar(LARGEST_MAGNITUDE))
                : tensor);
  }

  @Override
  public String description() {
    return "learned, " + PolicyText.choice(this);
  }

  @Override
  public Draws draw(int images, RandomGenerator random) {
    return Draws.independent(probabilities(), options.length(), images, random);
  }

  @Override
  public Augmented apply(Tensor images, Draws draws) {
    if (draws.length() == 0) {
      return new NoAugmentation().apply(images, draws);
    }
    try (Scope scope = Scope.open()) {
      ScalarType type = images.scalar_type();
      Tensor magnitudes = magnitudePerTransform().to(images.device(), type);
      Tensor augmented = draws.applyTo(images, stage, magnitudes);
      Tensor logits = parameters.get(LOGITS).to(images.device(), type);
      Tensor weights = LossWeights.ofLogits(logits, draws.transforms());
      return new Augmented(scope.keep(augmented), scope.keep(weights));
    }
  }

  /** The sampling distribution over the transforms, T numbers that sum to 1. */
  @Override
  public double[] probabilities() {
    double[] logits = Tensors.toDoubles(parameters.get(LOGITS));
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] odds =
        Arrays.stream(logits).map(p -> Math.exp(options.temperature() * (p - largest))).toArray();
    double sum = Arrays.stream(odds).sum();
    return Arrays.stream(odds).map(value -> value / sum).toArray();
  }

  @Override
  public double[] magnitudes() {
    try (Scope scope = Scope.open()) {
      return Tensors.toDoubles(magnitudePerTransform());
    }
  }

  @Override
  public double temperature() {
    return options.temperature();
  }

  @Override
  public Tensor penalty() {
    try (Scope scope = Scope.open()) {
      Tensor magnitudes = parameters.get(MAGNITUDES);
      long[] learnable = learnableIndices();
      if (learnedParameters().size() < 2 || learnable.length == 0) {
        return scope.keep(Tensors.scalar(0, magnitudes));
      }
      Tensor learned =
          isShared()
              ? magnitudes
              : magnitudes.index_select(
                  0,
                  Tensors.of(learnable, learnable.length).to(magnitudes.device(), ScalarType.Long));
      return scope.keep(learned.sub(new Scalar(1.0)).square().mean());
    }
  }

  private Tensor magnitudePerTransform() {
    Tensor magnitudes = parameters.get(MAGNITUDES);
    if (!isShared()) {
      return magnitudes;
    }
    double[] shared = new double[transforms.size()];
    for (long index : learnableIndices()) {
      shared[(int) index] = 1;
    }
    Tensor usesShared =
        Tensors.of(shared, shared.length).to(magnitudes.device(), magnitudes.scalar_type());
    // The shared magnitude where it is used, the largest elsewhere.
    return torch.lerp(torch.ones_like(usesShared), magnitudes, usesShared);
  }

  private long[] learnableIndices() {
    List<NamedTransform> all = transforms.transforms();
    return IntStream.range(0, all.size())
        .filter(t -> all.get(t).learnable())
        .asLongStream()
        .toArray();
  }

  private boolean isShared() {
    return options.sharing() == PolicyOptions.MagnitudeSharing.SHARED;
  }

  private void requireSize(String name, int size) {
    Tensor tensor = parameters.get(name);
    if (tensor.dim() != 1 || tensor.size(0) != size) {
      throw new IllegalArgumentException(
          "policy parameter \""
              + name
              + "\" has shape "
              + Tensors.shapeText(tensor)
              + ", allowed: ["
              + size
              + "]");
    }
  }

  private static ScalarOptional scalar(double value) {
    return new ScalarOptional(new Scalar(value));
  }
}
