package io.github.smartaug.nn;

import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Recomputation;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What the layers of a network see during one pass: the parameters, the buffers and the mode.
 *
 * <p>In training mode the pass works on copies of the buffers, made when it begins. Layers write
 * into these, so that the buffers that were given stay as they are.
 *
 * <p>Buffers that require a gradient are given where derivatives of them are asked for. A layer
 * that has them does to {@link #history} what it does to {@link #buffer}, by differentiable
 * operations; to one that has not, buffers are constants.
 */
public final class ForwardPass {
  private final NamedTensors parameters;
  private final NamedTensors buffers;
  private final NamedTensors histories;
  private final Set<String> followed = new HashSet<>();
  private final Mode mode;
  private final Optional<Tape> tape;
  private final boolean forShapes;
  private long multiplyAdds;

  /**
   * A pass.
   *
   * @param buffers without history
   * @param histories those of the buffers that have one
   * @param forShapes whether values do not matter
   */
  private ForwardPass(
      NamedTensors parameters,
      NamedTensors buffers,
      NamedTensors histories,
      Mode mode,
      Optional<Tape> tape,
      boolean forShapes) {
    this.forShapes = forShapes;
    this.parameters = parameters;
    this.buffers = buffers;
    this.histories = histories;
    this.mode = mode;
    this.tape = tape;
  }

  /** Begins a pass; in training mode, copies the buffers into the current scope. */
  public static ForwardPass begin(NamedTensors parameters, NamedTensors buffers, Mode mode) {
    return begin(parameters, buffers, mode, Optional.empty());
  }

  /** Begins a pass in evaluation mode in which layers need not compute what costs time. */
  static ForwardPass forShapes(NamedTensors parameters, NamedTensors buffers) {
    return new ForwardPass(
        parameters, buffers, NamedTensors.empty(), Mode.evaluation(), Optional.empty(), true);
  }

  /** Whether a layer may return any values, in the right shape. */
  boolean isForShapes() {
    return forShapes;
  }

  /** Begins a pass that is recorded. */
  static ForwardPass recorded(NamedTensors parameters, NamedTensors buffers, Mode mode, Tape tape) {
    return begin(parameters, buffers, mode, Optional.of(tape));
  }

  private static ForwardPass begin(
      NamedTensors parameters, NamedTensors buffers, Mode mode, Optional<Tape> tape) {
    NamedTensors histories = buffers.having(Tensor::requires_grad);
    return mode instanceof Mode.Training
        ? new ForwardPass(
            parameters,
            buffers.copy(),
            histories.map((Tensor history) -> history.clone()),
            mode,
            tape,
            false)
        : new ForwardPass(
            parameters, buffers.with(histories.detach()), histories, mode, tape, false);
  }

  /** Applies a layer inside another one. */
  public Tensor apply(Layer layer, Tensor input) {
    Tensor output =
        tape.isPresent()
            ? tape.get().record(input, () -> layer.forward(input, this))
            : layer.forward(input, this);
    multiplyAdds += layer.multiplyAdds(input, output);
    return output;
  }

  /** The same for the last layer that needs the values of an input: it may write over them. */
  Tensor applyLast(Layer layer, Tensor input) {
    if (!mayOverwrite(input)) {
      return apply(layer, input);
    }
    Tensor output = layer.overwrite(input, this);
    multiplyAdds += layer.multiplyAdds(input, output);
    return output;
  }

  /**
   * Whether values that a layer gave away are needed by nobody. Those of a view, such as a linear
   * layer returns for tokens, are not worth it: their gradient would be copied.
   */
  boolean mayOverwrite(Tensor givenAway) {
    return keepsNoValues() && !givenAway.is_view();
  }

  private boolean keepsNoValues() {
    return tape.isEmpty() && !forShapes && !DualNumbers.isActive();
  }

  /** Whether a graph keeps what layers compute, and nothing else does. */
  boolean isKeptByGraph() {
    return GradMode.is_enabled() && keepsNoValues();
  }

  /**
   * Applies a block of which the graph keeps nothing inside.
   *
   * @param names of its parameters and buffers
   */
  Tensor recomputed(Layer block, Tensor input, Set<String> names) {
    try (TensorScope scope = TensorScope.open()) {
      BlockTensors present = new BlockTensors(input, parameters, buffers, histories).only(names);
      BlockTensors before = present.copied();
      Optional<RecordedDraws> draws =
          mode instanceof Mode.Training training
              ? Optional.of(new RecordedDraws(training.random()))
              : Optional.empty();
      List<Tensor> values;
      try (NoGradGuard off = new NoGradGuard()) {
        ForwardPass first = over(present.constant(), draws);
        values = first.outcome(block, input);
        multiplyAdds += first.multiplyAdds;
        followed.addAll(first.followed);
      }
      List<Tensor> results =
          Recomputation.withHistory(
              values,
              before.all(),
              tensors -> {
                BlockTensors again = before.with(tensors).copied();
                return over(again, draws.map(RecordedDraws::again)).outcome(block, again.input());
              });
      if (mode.movesBuffers()) {
        Iterator<Tensor> moved = results.subList(1, results.size()).iterator();
        present.histories().tensors().forEach(history -> history.copy_(moved.next()));
      }
      return scope.keep(results.get(0));
    }
  }

  /** A pass in the same mode. */
  private ForwardPass over(BlockTensors tensors, Optional<? extends RandomGenerator> draws) {
    Mode drawing = draws.isPresent() ? mode.drawingFrom(draws.get()) : mode;
    return new ForwardPass(
        tensors.parameters(),
        tensors.buffers(),
        tensors.histories(),
        drawing,
        Optional.empty(),
        false);
  }

  /** The output of a block, then the histories that it moved. */
  private List<Tensor> outcome(Layer block, Tensor input) {
    List<Tensor> outcome = new ArrayList<>();
    outcome.add(apply(block, input));
    if (mode.movesBuffers()) {
      outcome.addAll(histories.tensors());
    }
    return outcome;
  }

  /** Multiplications that the layers so far have added up. */
  long multiplyAdds() {
    return multiplyAdds;
  }

  /**
   * Leaves a value of the layer's forward pass for its tangent, if there will be one: see {@link
   * LayerValues#note}. A layer leaves at most one; a second one replaces it.
   */
  public void leave(Tensor value) {
    tape.ifPresent(t -> t.leave(value));
  }

  /**
   * The parameter of that full name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  /**
   * The buffer of that full name, without history; in training mode a copy that the layer may
   * overwrite.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor buffer(String name) {
    return buffers.get(name);
  }

  /**
   * The same buffer with its history, if derivatives of it are asked for; in training mode a copy
   * that the layer overwrites, in place, as it does with {@link #buffer}. Only derivatives are
   * taken from it, so that its rounding does not matter.
   */
  public Optional<Tensor> history(String name) {
    Optional<Tensor> history = Optional.ofNullable(histories.asMap().get(name));
    history.ifPresent(present -> followed.add(name));
    return history;
  }

  /**
   * All buffers: what the layers have written so far, with its history where a layer followed it.
   * Their values are the same bits with and without history.
   */
  public NamedTensors buffers() {
    return buffers.map(
        (name, buffer) ->
            followed.contains(name) ? withHistory(buffer, histories.get(name)) : buffer);
  }

  private static Tensor withHistory(Tensor value, Tensor history) {
    return value.add(history.sub(history.detach()));
  }

  /** Whether the network is trained or evaluated. */
  public Mode mode() {
    return mode;
  }
}
