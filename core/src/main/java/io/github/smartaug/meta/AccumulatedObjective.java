package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A sum of objectives that are evaluated one after another, so that only one has its graph in
 * memory: gradient accumulation. Buffers pass from one to the next.
 *
 * <p>Memory is spared where a step needs no more than
 *
 * <ul>
 *   <li>the gradient with respect to the parameters: with meta parameters that need no gradient, as
 *       in a step of plain training. The loss that is returned has this first derivative alone.
 *   <li>the derivative of that gradient along one direction, by {@link #linearize}: in the first
 *       differentiated step of a trajectory. Every part is computed a second time for it.
 * </ul>
 *
 * <p>Both are exact. Otherwise the graph is that of the whole sum.
 *
 * @param parts at least one, to be added
 * @param probe of the sum, if there is one
 * @param trials of the sum, if there are any
 */
public record AccumulatedObjective(
    List<InnerObjective> parts, Optional<InnerObjective> probe, Optional<Trials> trials)
    implements InnerObjective {
  /** A sum without a probe. */
  public AccumulatedObjective(List<InnerObjective> parts) {
    this(parts, Optional.empty(), Optional.empty());
  }

  /** Copies the list. */
  public AccumulatedObjective {
    InputRange.atLeast(1, "number of objectives to add", parts.size());
    parts = List.copyOf(parts);
  }

  @Override
  public Evaluation evaluate(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    boolean plain = metaParameters.tensors().stream().noneMatch(Tensor::requires_grad);
    return plain
        ? firstOrder(parameters, buffers, metaParameters).evaluation()
        : wholeGraph(parameters, buffers, metaParameters);
  }

  private Evaluation wholeGraph(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    try (TensorScope scope = TensorScope.open()) {
      Evaluation sum = parts.get(0).evaluate(parameters, buffers, metaParameters);
      for (InnerObjective part : parts.subList(1, parts.size())) {
        Evaluation next = part.evaluate(parameters, sum.buffers(), metaParameters);
        sum = new Evaluation(sum.loss().add(next.loss()), next.buffers());
      }
      return new Evaluation(scope.keep(sum.loss()), scope.keep(sum.buffers()));
    }
  }

  /**
   * An evaluation part by part.
   *
   * @param evaluation whose loss has a first derivative alone
   * @param buffers before each part, and after the last one
   */
  private record FirstOrder(Evaluation evaluation, List<NamedTensors> buffers) {}

  private FirstOrder firstOrder(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = parameters.asLeaves();
      NamedTensors current = buffers.detach();
      List<NamedTensors> between = new ArrayList<>(List.of(current));
      NamedTensors sums = parameters.map(parameter -> torch.zeros_like(parameter.detach()));
      double loss = 0;
      for (InnerObjective part : parts) {
        try (TensorScope partScope = TensorScope.open()) {
          Evaluation evaluation = part.evaluate(leaves, current, metaParameters);
          // In place, as these are no one else's: another copy of the model would be felt.
          LossGradients local = LossGradients.of(evaluation, leaves);
          sums.combine(leaves.withTensors(local.gradients()), Tensor::add_);
          loss += Tensors.item(evaluation.loss());
          current = partScope.keep(evaluation.buffers());
          between.add(current);
        }
      }
      between.forEach(kept -> scope.keep(kept));
      return new FirstOrder(
          new Evaluation(scope.keep(scalar(loss, sums, parameters)), current), between);
    }
  }

  @Override
  public Optional<InnerObjective.Linearized> linearize(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    try (TensorScope scope = TensorScope.open()) {
      FirstOrder evaluated = firstOrder(parameters, buffers, metaParameters.detach());
      return Optional.of(new LinearizedSum(parameters, metaParameters, evaluated));
    }
  }

  /** All parts see the buffers from before the first: the targets of the sum, but for those. */
  @Override
  public InnerObjective withConstantsAt(NamedTensors parameters, NamedTensors buffers) {
    return new AccumulatedObjective(
        parts.stream().map(part -> part.withConstantsAt(parameters, buffers)).toList());
  }

  /** Computes the parts again to differentiate their gradients. */
  private final class LinearizedSum implements InnerObjective.Linearized {
    private final Arena arena = new Arena();
    private final NamedTensors parameters;
    private final NamedTensors metaParameters;
    private final FirstOrder evaluated;

    LinearizedSum(NamedTensors parameters, NamedTensors metaParameters, FirstOrder evaluated) {
      this.parameters = arena.hold(parameters);
      this.metaParameters = arena.hold(metaParameters);
      arena.hold(evaluated.evaluation().loss());
      evaluated.buffers().forEach(arena::hold);
      this.evaluated = evaluated;
    }

    @Override
    public Evaluation evaluation() {
      return evaluated.evaluation();
    }

    /** The last part first, because what it makes of its buffers tells the adjoint of these. */
    @Override
    public Tensor along(NamedTensors direction, NamedTensors ofBuffers) {
      try (TensorScope scope = TensorScope.open()) {
        Deque<PartAlong> alongs = new ArrayDeque<>();
        NamedTensors adjoint = ofBuffers;
        for (int part = parts.size() - 1; part >= 0; part--) {
          alongs.addFirst(partAlong(part, direction, adjoint));
          adjoint = alongs.getFirst().ofBuffers();
        }
        NamedTensors gradients = metaParameters.map(meta -> torch.zeros_like(meta.detach()));
        double value = 0;
        for (PartAlong along : alongs) {
          value += along.value();
          gradients = gradients.combine(along.gradients(), Tensor::add);
        }
        return scope.keep(scalar(value, gradients, metaParameters));
      }
    }

    private PartAlong partAlong(int part, NamedTensors direction, NamedTensors ofBuffers) {
      NamedTensors before = InnerState.leaves(evaluated.buffers().get(part));
      NamedTensors statistics = InnerState.statistics(before);
      try (TensorScope scope = TensorScope.open();
          InnerObjective.Linearized derivative =
              linearized(parts.get(part), parameters, before, metaParameters)) {
        Tensor along = derivative.along(direction, ofBuffers);
        List<Tensor> inputs = new ArrayList<>(metaParameters.tensors());
        inputs.addAll(statistics.tensors());
        List<Tensor> gradients = scope.keep(LossGradients.ofScalar(along, inputs));
        int meta = metaParameters.size();
        return new PartAlong(
            Tensors.item(along),
            metaParameters.withTensors(gradients.subList(0, meta)),
            statistics.withTensors(gradients.subList(meta, gradients.size())));
      }
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  /**
   * What a part adds to a sum's derivative along a direction.
   *
   * @param gradients by the meta parameters
   * @param ofBuffers by the buffers before the part
   */
  private record PartAlong(double value, NamedTensors gradients, NamedTensors ofBuffers) {}

  /** A part's own directional derivative where it has one, autograd's elsewhere. */
  private static InnerObjective.Linearized linearized(
      InnerObjective part,
      NamedTensors parameters,
      NamedTensors buffers,
      NamedTensors metaParameters) {
    return part.linearize(parameters, buffers, metaParameters)
        .orElseGet(
            () -> new ByAutograd(part.evaluate(parameters, buffers, metaParameters), parameters));
  }

  /** Differentiates the gradient's graph. */
  private record ByAutograd(Evaluation evaluation, NamedTensors parameters)
      implements InnerObjective.Linearized {
    @Override
    public Tensor along(NamedTensors direction, NamedTensors ofBuffers) {
      List<Tensor> gradients = LossGradients.differentiable(evaluation, parameters).gradients();
      Tensor sum =
          parameters.withTensors(gradients).combine(direction, ByAutograd::dot).tensors().stream()
              .reduce(Tensor::add)
              .orElseThrow();
      return evaluation.plusBuffers(sum, ofBuffers);
    }

    private static Tensor dot(Tensor gradient, Tensor direction) {
      return gradient.mul(direction).sum();
    }

    @Override
    public void close() {
      // Owns nothing: its graph is freed with the scope.
    }
  }

  /**
   * A number with that value and those gradients at the present inputs, whose graph holds nothing
   * else.
   *
   * @param gradients one per input, constant
   * @return without dimensions
   */
  private static Tensor scalar(double value, NamedTensors gradients, NamedTensors inputs) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor sum = Tensors.scalar(value, inputs.tensors().get(0));
      for (String name : inputs.names()) {
        try (TensorScope inputScope = TensorScope.open()) {
          Tensor term = inputs.get(name).mul(gradients.get(name).detach()).sum();
          sum = inputScope.keep(sum.add(term.sub(term.detach())));
        }
      }
      return scope.keep(sum);
    }
  }
}
