package io.github.smartaug.train;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.ProbeDraws;
import io.github.smartaug.augment.TrialDraws;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A bilevel problem in float64 so small that the expectation over everything that the policy can
 * draw is a sum of a few terms: two images, three transforms whose results stay within [0,1], a
 * linear classifier.
 */
final class ExpectationProblem {
  static final int IMAGES = 2;
  private static final int CLASSES = 3;
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

  static final TransformSet TRANSFORMS =
      TransformSet.parse(
          "three",
          """
          [{"name": "Identity", "function": "identity", "param": {}},
           {"name": "Brightness", "function": "brightness", "param": {"min": 0.3, "max": 0.9}},
           {"name": "Contrast", "function": "contrast",
            "param": {"min": 0.2, "max": 0.8, "invScale": true}}]
          """,
          "test");

  private static final InnerStep STEP = new InnerStep(new DifferentiableSgd(), Optional.empty());

  private final RandomStream random = RandomStream.seeded(3);
  private final Batch batch =
      new Batch(
          Tensors.of(uniforms(0.1, 0.9, IMAGES * 6), IMAGES, 1, 2, 3),
          Tensors.of(new long[] {0, 2}, IMAGES));
  private final NamedTensors start =
      NamedTensors.of("weight", Tensors.of(uniforms(-2, 2, 6 * CLASSES), 6, CLASSES));
  private final double[][] uniforms = {uniforms(0, 1, IMAGES), uniforms(0, 1, IMAGES)};

  /** A direction in the space of parameters: an outer loss that is linear along it. */
  private final Tensor direction = Tensors.of(uniforms(-1, 1, 6 * CLASSES), 6, CLASSES);

  private final CleanBranch cleanBranch;

  ExpectationProblem() {
    this(CleanBranch.LEARNS);
  }

  /** With clean predictions that learn or are a target. */
  ExpectationProblem(CleanBranch cleanBranch) {
    this.cleanBranch = cleanBranch;
  }

  private double[] uniforms(double low, double high, int size) {
    return random.doubles(size, low, high).toArray();
  }

  OuterObjective linearOuter() {
    return (parameters, buffers, meta) -> parameters.get("weight").mul(direction).sum();
  }

  OuterObjective validation(LearnablePolicy policy) {
    return new ValidationObjective(new LinearClassifier(), NORMALIZATION, batch, policy, 0);
  }

  private static final Normalization NORMALIZATION = new Normalization(List.of(0.5), List.of(0.25));

  /** In float64, away from its start. */
  static <P extends LearnablePolicy> LearnablePolicy inDoubles(P policy) {
    RandomStream random = RandomStream.seeded(8);
    return policy.withParameters(
        policy
            .parameters()
            .map(
                (name, tensor) ->
                    Tensors.of(
                        random
                            .doubles(
                                tensor.numel(),
                                name.equals(LearnablePolicy.LOGITS) ? -1 : 0.3,
                                name.equals(LearnablePolicy.LOGITS) ? 1 : 0.9)
                            .toArray(),
                        tensor.shape())));
  }

  /** Everything that the policy can draw for the transforms of some steps. */
  List<List<Draws>> allDraws(LearnablePolicy policy, int steps) {
    List<Draws> ofOneStep = new ArrayList<>();
    int size = TRANSFORMS.size();
    int places = policy.length() * IMAGES;
    for (int code = 0; code < Math.pow(size, places); code++) {
      int[][] transforms = new int[policy.length()][IMAGES];
      int rest = code;
      for (int place = 0; place < places; place++) {
        transforms[place / IMAGES][place % IMAGES] = rest % size;
        rest /= size;
      }
      ofOneStep.add(new Draws(transforms, Arrays.copyOf(uniforms, policy.length())));
    }
    List<List<Draws>> all = List.of(List.of());
    for (int step = 0; step < steps; step++) {
      List<List<Draws>> longer = new ArrayList<>();
      for (List<Draws> before : all) {
        for (Draws next : ofOneStep) {
          List<Draws> sequence = new ArrayList<>(before);
          sequence.add(next);
          longer.add(sequence);
        }
      }
      all = longer;
    }
    return all;
  }

  /** As the policy draws, but for the uniforms, which stay. */
  Draws draw(LearnablePolicy policy, RandomGenerator generator) {
    return new Draws(
        policy.draw(IMAGES, generator).transforms(), Arrays.copyOf(uniforms, policy.length()));
  }

  /** Outer loss and hypergradient of one trajectory. */
  Trajectory.Hypergradient hypergradient(
      LearnablePolicy policy, List<Draws> draws, OuterObjective outer, double learningRate) {
    try (Trajectory trajectory =
        new Unrolled().start(STEP, start(), policy.learnedParameters(), draws.size())) {
      for (Draws ofStep : draws) {
        trajectory.step(objective(policy, ofStep), hyperparameters(learningRate));
      }
      return trajectory.hypergradient(outer);
    }
  }

  /** The hypergradient of one step by a probe on the images of the batch. */
  NamedTensors probed(
      LearnablePolicy policy,
      Draws ofStep,
      ProbeDraws ofProbe,
      OuterObjective outer,
      double learningRate) {
    try (Trajectory trajectory =
        new PairedProbe(IMAGES).start(STEP, start(), policy.learnedParameters(), 1)) {
      trajectory.step(
          objective(policy, ofStep).withProbe(batch, ofProbe), hyperparameters(learningRate));
      return trajectory.hypergradient(outer).gradient();
    }
  }

  /** The hypergradient of one step by trials on the images of the batch. */
  NamedTensors tried(
      LearnablePolicy policy,
      Draws ofStep,
      TrialDraws trials,
      InnerStep step,
      double share,
      OuterObjective outer,
      double learningRate) {
    Trial trial = new Trial(IMAGES, 0, share);
    return hypergradient(
        policy,
        objective(policy, ofStep).withTrials(batch, trials),
        trial,
        step,
        outer,
        learningRate);
  }

  /** The same, refined by other draws for the same images. */
  NamedTensors triedFurther(
      LearnablePolicy policy,
      Draws ofStep,
      TrialDraws trials,
      TrialDraws ofMore,
      InnerStep step,
      OuterObjective outer,
      double learningRate) {
    ImageObjective objective = objective(policy, ofStep).withTrials(batch, trials, batch, ofMore);
    Trial trial = new Trial(IMAGES, IMAGES, Trial.DEFAULT_SHARE);
    return hypergradient(policy, objective, trial, step, outer, learningRate);
  }

  private NamedTensors hypergradient(
      LearnablePolicy policy,
      ImageObjective objective,
      Trial trial,
      InnerStep step,
      OuterObjective outer,
      double learningRate) {
    try (Trajectory trajectory = trial.start(step, start(), policy.learnedParameters(), 1)) {
      trajectory.step(objective, hyperparameters(learningRate));
      return trajectory.hypergradient(outer).gradient();
    }
  }

  /**
   * The outer loss without what it owes to how far a step with these draws goes: that of a step of
   * gradient descent is the gradient, so the gradient's part in it is held.
   */
  OuterObjective withLengthHeld(OuterObjective outer, LearnablePolicy policy, Draws draws) {
    Tensor along = ownGradient(policy, draws).detach();
    Tensor unit = along.div(along.norm());
    return (parameters, buffers, meta) -> {
      Tensor weight = parameters.get("weight");
      Tensor way = weight.sub(weight.detach());
      Tensor across = weight.detach().add(way).sub(unit.mul(way.mul(unit).sum()));
      return outer.evaluate(NamedTensors.of("weight", across), buffers, meta);
    };
  }

  /** The gradient of the loss with these draws, the clean predictions being constants in it. */
  Tensor gradient(LearnablePolicy policy, Draws draws) {
    NamedTensors leaves = start.asLeaves();
    InnerObjective stopped =
        objective(policy, draws, CleanBranch.STOPPED).withConstantsAt(start, NamedTensors.empty());
    Tensor loss = stopped.evaluate(leaves, NamedTensors.empty(), policy.learnedParameters()).loss();
    return Tensors.gradients(loss, leaves).get("weight");
  }

  /** The gradient of the step's own loss. */
  Tensor ownGradient(LearnablePolicy policy, Draws draws) {
    NamedTensors leaves = start.asLeaves();
    Tensor loss =
        objective(policy, draws)
            .evaluate(leaves, NamedTensors.empty(), policy.learnedParameters())
            .loss();
    return Tensors.gradients(loss, leaves).get("weight");
  }

  /** The outer loss after a step of plain gradient descent with that gradient. */
  double outerLossAfter(Tensor gradient, OuterObjective outer, double learningRate) {
    NamedTensors moved =
        start.map((Tensor weight) -> weight.sub(gradient.mul(new Scalar(learningRate))));
    return Tensors.item(outer.evaluate(moved, NamedTensors.empty(), NamedTensors.empty()));
  }

  /** Outer loss alone, by plain steps. */
  double outerLoss(
      LearnablePolicy policy, List<Draws> draws, OuterObjective outer, double learningRate) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors meta = policy.learnedParameters();
      InnerState state = start();
      for (Draws ofStep : draws) {
        state =
            STEP.plain(state, objective(policy, ofStep), meta, hyperparameters(learningRate))
                .state();
      }
      return Tensors.item(outer.evaluate(state.parameters(), state.buffers(), meta));
    }
  }

  private InnerState start() {
    return new InnerState(start, OptimizerState.initial(), NamedTensors.empty());
  }

  private ImageObjective objective(LearnablePolicy policy, Draws draws) {
    return objective(policy, draws, cleanBranch);
  }

  private ImageObjective objective(LearnablePolicy policy, Draws draws, CleanBranch cleanBranch) {
    MixedLoss loss = MixedLoss.builder().cleanBranch(cleanBranch).build();
    return new ImageObjective(new LinearClassifier(), NORMALIZATION, loss, policy, batch, draws, 0);
  }

  private static Hyperparameters hyperparameters(double learningRate) {
    return new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, learningRate);
  }

  /** The sum over all draws of probability times value. */
  double expectation(
      LearnablePolicy policy,
      int steps,
      Function<List<Draws>, Double> value,
      Function<Draws, Double> probability) {
    double sum = 0;
    for (List<Draws> draws : allDraws(policy, steps)) {
      double product = draws.stream().mapToDouble(probability::apply).reduce(1, (a, b) -> a * b);
      sum += product * value.apply(draws);
    }
    return sum;
  }

  /** Logits are linear functions of the pixels. */
  private record LinearClassifier() implements Model {
    @Override
    public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor logits = images.flatten(1, -1).matmul(parameters.get("weight"));
        return new Output(scope.keep(logits), buffers);
      }
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator generator) {
      throw new UnsupportedOperationException();
    }

    @Override
    public NamedTensors initialBuffers() {
      return NamedTensors.empty();
    }

    @Override
    public ImageShape input() {
      return SHAPE;
    }

    @Override
    public int classes() {
      return CLASSES;
    }
  }
}
