package io.github.smartaug.augment;

import static io.github.smartaug.augment.LearnablePolicy.LOGITS;
import static io.github.smartaug.augment.LearnablePolicy.MAGNITUDES;
import static io.github.smartaug.augment.LearnablePolicy.TEMPERATURE;

import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformStage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tensors of a {@link LearnablePolicy} and what they mean. With C classes of their own all
 * shapes get a first dimension C.
 *
 * @param transforms to choose from, T
 * @param options what is learned
 * @param choices number of things that have a logit, S
 * @param tensors logits [S], magnitudes [T] or [1], and the temperature [1] if it is learned
 * @param stage applies the transforms, which are listed once for each class
 */
public record PolicyParameters(
    TransformSet transforms,
    PolicyOptions options,
    int choices,
    NamedTensors tensors,
    TransformStage stage) {
  private static final double INITIAL_LOGIT = 1;
  private static final double INITIAL_LEARNED_MAGNITUDE = 0.5;
  private static final double SMALLEST_MAGNITUDE = 0.01;
  private static final double LARGEST_MAGNITUDE = 1;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public PolicyParameters {
    requireShape(tensors, LOGITS, options.classes(), choices);
    requireShape(tensors, MAGNITUDES, options.classes(), magnitudesPerClass(transforms, options));
    if (learnsTemperature(options)) {
      requireShape(tensors, TEMPERATURE, 1, 1);
    }
  }

  /**
   * Makes the stage.
   *
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public PolicyParameters(
      TransformSet transforms, PolicyOptions options, int choices, NamedTensors tensors) {
    this(
        transforms,
        options,
        choices,
        tensors,
        new TransformStage(ClassTransforms.of(transforms, options.classes())));
  }

  private static void requireShape(NamedTensors tensors, String name, int classes, int size) {
    Tensor tensor = tensors.get(name);
    long[] allowed = shape(classes, size);
    if (!Arrays.equals(tensor.shape(), allowed)) {
      throw new IllegalArgumentException(
          "policy parameter \""
              + name
              + "\" has shape "
              + Tensors.shapeText(tensor)
              + ", allowed: "
              + Arrays.toString(allowed));
    }
  }

  private static long[] shape(int classes, int size) {
    return classes == 1 ? new long[] {size} : new long[] {classes, size};
  }

  /**
   * Before any learning: all logits 1; magnitudes 0.5 where they are learned and 1 elsewhere.
   * Float32 on the CPU, in the caller's scope.
   */
  public static PolicyParameters initial(
      TransformSet transforms, PolicyOptions options, int choices) {
    double[] logits = new double[choices];
    Arrays.fill(logits, INITIAL_LOGIT);
    double start =
        options.magnitudes() == Learning.LEARNED ? INITIAL_LEARNED_MAGNITUDE : LARGEST_MAGNITUDE;
    return of(
        transforms, options, repeated(logits, options), magnitudes(transforms, options, start));
  }

  PolicyParameters withMagnitudes(double start) {
    InputRange.within(SMALLEST_MAGNITUDE, LARGEST_MAGNITUDE, "magnitude at the start", start);
    Tensor before = tensors.get(MAGNITUDES);
    Tensor after = Tensors.constant(magnitudes(transforms, options, start), before, before.shape());
    return with(NamedTensors.of(MAGNITUDES, after));
  }

  /** One value where a magnitude can be learned, the largest elsewhere. */
  private static double[] magnitudes(TransformSet transforms, PolicyOptions options, double start) {
    double[] magnitudes =
        switch (options.sharing()) {
          case SHARED -> new double[] {start};
          case OWN ->
              IntStream.range(0, transforms.size())
                  .mapToDouble(t -> transforms.learnable(t) ? start : LARGEST_MAGNITUDE)
                  .toArray();
        };
    return repeated(magnitudes, options);
  }

  private static double[] repeated(double[] ofOneClass, PolicyOptions options) {
    return IntStream.range(0, options.classes())
        .boxed()
        .flatMapToDouble(c -> Arrays.stream(ofOneClass))
        .toArray();
  }

  /**
   * Given values, class by class; a learned temperature starts where the options say. Float32 on
   * the CPU, in the caller's scope.
   */
  public static PolicyParameters of(
      TransformSet transforms, PolicyOptions options, double[] logits, double[] magnitudes) {
    int classes = options.classes();
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put(LOGITS, float32(logits, shape(classes, logits.length / classes)));
      tensors.put(
          MAGNITUDES, float32(magnitudes, shape(classes, magnitudesPerClass(transforms, options))));
      if (learnsTemperature(options)) {
        tensors.put(TEMPERATURE, float32(new double[] {options.temperature()}, 1));
      }
      return new PolicyParameters(
          transforms, options, logits.length / classes, scope.keep(NamedTensors.of(tensors)));
    }
  }

  private static Tensor float32(double[] values, long... shape) {
    return Tensors.of(values, shape).to(ScalarType.Float);
  }

  private static int magnitudesPerClass(TransformSet transforms, PolicyOptions options) {
    return options.sharing() == MagnitudeSharing.SHARED ? 1 : transforms.size();
  }

  private static boolean learnsTemperature(PolicyOptions options) {
    return options.temperatureLearning() == Learning.LEARNED;
  }

  NamedTensors learned() {
    Map<String, Tensor> learned = new LinkedHashMap<>();
    if (options.probabilities() == Learning.LEARNED) {
      learned.put(LOGITS, tensors.get(LOGITS));
    }
    if (options.magnitudes() == Learning.LEARNED) {
      learned.put(MAGNITUDES, tensors.get(MAGNITUDES));
    }
    if (learnsTemperature(options)) {
      learned.put(TEMPERATURE, tensors.get(TEMPERATURE));
    }
    return NamedTensors.of(learned);
  }

  PolicyParameters with(NamedTensors replaced) {
    return new PolicyParameters(transforms, options, choices, tensors.with(replaced), stage);
  }

  PolicyParameters with(Sampling sampling) {
    return new PolicyParameters(transforms.withSampling(sampling), options, choices, tensors);
  }

  static NamedTensors project(NamedTensors updated) {
    return updated.map(
        (name, tensor) ->
            switch (name) {
              case MAGNITUDES ->
                  tensor.clamp(scalar(SMALLEST_MAGNITUDE), scalar(LARGEST_MAGNITUDE));
              case TEMPERATURE ->
                  tensor.clamp_min(new Scalar(PolicyOptions.SMALLEST_LEARNED_TEMPERATURE));
              default -> tensor;
            });
  }

  /** Brings a magnitude into its range. */
  static double clampMagnitude(double value) {
    return Math.min(LARGEST_MAGNITUDE, Math.max(SMALLEST_MAGNITUDE, value));
  }

  private static ScalarOptional scalar(double value) {
    return new ScalarOptional(new Scalar(value));
  }

  double temperature() {
    return learnsTemperature(options)
        ? Tensors.item(tensors.get(TEMPERATURE))
        : options.temperature();
  }

  /** Logits of all classes, one after the other. */
  Tensor logits(Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(converted(LOGITS, like).flatten());
    }
  }

  /** Logarithms of the sampling probabilities of all classes, one after the other. */
  Tensor logProbabilities(Tensor like) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = converted(LOGITS, like);
      Tensor scaled =
          learnsTemperature(options)
              ? logits.mul(converted(TEMPERATURE, like))
              : logits.mul(new Scalar(options.temperature()));
      return scope.keep(scaled.log_softmax(-1).flatten());
    }
  }

  private Tensor converted(String name, Tensor like) {
    return tensors.get(name).to(like.device(), like.scalar_type());
  }

  /** Logits of one class. */
  double[] logits(int ofClass) {
    double[] all = Tensors.toDoubles(tensors.get(LOGITS));
    return Arrays.copyOfRange(all, ofClass * choices, (ofClass + 1) * choices);
  }

  /** Magnitudes of every transform, T numbers, of all classes one after the other. */
  Tensor magnitudePerTransform() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = tensors.get(MAGNITUDES);
      if (!isShared()) {
        return scope.keep(magnitudes.flatten());
      }
      double[] shared = new double[transforms.size()];
      for (int index : learnable()) {
        shared[index] = 1;
      }
      Tensor usesShared = Tensors.constant(shared, magnitudes, shared.length);
      // The shared magnitude where it is used, the largest elsewhere.
      return scope.keep(torch.lerp(torch.ones_like(usesShared), magnitudes, usesShared).flatten());
    }
  }

  /** Mean of {@code (m - 1)^2} over the magnitudes that are learned. */
  Tensor penalty() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = tensors.get(MAGNITUDES);
      int[] learnable = learnable();
      if (!bothLearned() || learnable.length == 0) {
        return scope.keep(Tensors.scalar(0, magnitudes));
      }
      Tensor index = Tensors.indices(learnable).to(magnitudes.device(), ScalarType.Long);
      Tensor learned = isShared() ? magnitudes : magnitudes.index_select(-1, index);
      return scope.keep(learned.sub(new Scalar(1.0)).square().mean());
    }
  }

  /**
   * The same with weights.
   *
   * @param weights of the transforms, at least 0, of all classes one after the other
   */
  Tensor penalty(double[] weights) {
    double[] learned = weights.clone();
    for (int i = 0; i < learned.length; i++) {
      learned[i] = transforms.learnable(i % transforms.size()) ? learned[i] : 0;
    }
    double sum = Arrays.stream(learned).sum();
    if (!bothLearned() || sum == 0) {
      return Tensors.scalar(0, tensors.get(MAGNITUDES));
    }
    double[] shares = Arrays.stream(learned).map(weight -> weight / sum).toArray();
    try (TensorScope scope = TensorScope.open()) {
      Tensor magnitudes = magnitudePerTransform();
      Tensor counts = Tensors.constant(shares, magnitudes, shares.length);
      return scope.keep(magnitudes.sub(new Scalar(1.0)).square().mul(counts).sum());
    }
  }

  private boolean bothLearned() {
    return options.probabilities() == Learning.LEARNED && options.magnitudes() == Learning.LEARNED;
  }

  private int[] learnable() {
    return IntStream.range(0, transforms.size()).filter(transforms::learnable).toArray();
  }

  private boolean isShared() {
    return options.sharing() == MagnitudeSharing.SHARED;
  }
}
