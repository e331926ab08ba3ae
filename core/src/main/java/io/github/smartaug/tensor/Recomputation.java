package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Values whose history is computed again when a gradient is asked for, so that it takes no memory
 * until then; Chen et al., "Training deep nets with sublinear memory cost", 2016.
 *
 * <p>The gradient can be differentiated again: it is itself such a value, so that a second
 * derivative, too, holds the history of one function at a time.
 *
 * <p>The graph has a node for every output and every input, tied together by a vector of numbers
 * that stands for the function. Libtorch takes gradients to {@linkplain RecomputationHooks hooks}
 * at these nodes. They find the function by a number in that vector.
 */
public final class Recomputation {
  /** A function of tensors that gives the same bits whenever it is called. */
  @FunctionalInterface
  public interface DifferentiableFunction {
    /**
     * The function's values, by operations that can be differentiated.
     *
     * @param inputs not changed
     * @return new handles in the caller's scope
     */
    List<Tensor> apply(List<Tensor> inputs);
  }

  /** All that graphs may still refer to. */
  private static final ConcurrentNavigableMap<Long, Recomputation> OPEN =
      new ConcurrentSkipListMap<>();

  private static final AtomicLong NEXT = new AtomicLong(1);

  /** In the vector of a function: what every output adds to, and the same times the number. */
  static final int HEAD = 2;

  private final long number = NEXT.getAndIncrement();
  private final Thread owner = Thread.currentThread();
  private final Arena arena = new Arena();
  private final DifferentiableFunction function;
  private final List<Tensor> inputs;
  private final Autocast.Setting precision;
  private final List<Tensor> links = new ArrayList<>();
  private boolean running;

  private Recomputation(DifferentiableFunction function, List<Tensor> inputs) {
    this.function = function;
    this.inputs = inputs.stream().map(input -> arena.hold(new Tensor(input))).toList();
    this.precision = Autocast.settingFor(inputs.get(0));
  }

  /**
   * Gives values a history that is not there yet.
   *
   * @param values of the function, without history
   * @param inputs of the function, at least one
   * @param function is called when gradients are computed, on libtorch's thread
   * @return the values as new handles; without history if none of the inputs has one, or autograd
   *     is off
   */
  public static List<Tensor> withHistory(
      List<Tensor> values, List<Tensor> inputs, DifferentiableFunction function) {
    freeUnused();
    if (!GradMode.is_enabled() || inputs.stream().noneMatch(Tensor::requires_grad)) {
      return values.stream().map(Tensor::new).toList();
    }
    try (TensorScope scope = TensorScope.open()) {
      Recomputation recomputation = new Recomputation(function, inputs);
      OPEN.put(recomputation.number, recomputation);
      return scope.keep(recomputation.connect(values));
    }
  }

  static Recomputation numbered(long number) {
    Recomputation found = OPEN.get(number);
    if (found == null) {
      throw new IllegalStateException("a graph refers to a function that was freed");
    }
    return found;
  }

  /**
   * Frees what no graph refers to any more: libtorch does not tell when it frees a graph, but only
   * we refer to the links then. The latest come first, because they may hold earlier ones.
   */
  private static void freeUnused() {
    for (Recomputation recomputation : OPEN.descendingMap().values()) {
      if (recomputation.isUnused()) {
        OPEN.remove(recomputation.number);
        recomputation.arena.close();
      }
    }
  }

  private boolean isUnused() {
    // Another thread that computes gradients may be between the link and the function.
    boolean ours = owner == Thread.currentThread() || !owner.isAlive();
    return ours && !running && links.stream().allMatch(link -> link.use_count() == 1);
  }

  private List<Tensor> connect(List<Tensor> values) {
    List<Tensor> ends = new ArrayList<>();
    for (Tensor input : differentiable()) {
      ends.add(end(input).to(ScalarType.Double));
    }
    Tensor stacked = torch.stack(Tensors.vector(ends));
    Tensor head = Tensors.full(0, stacked, HEAD + (long) values.size());
    Tensor vector = Tensors.concatenate(List.of(head, stacked), 0);
    vector.register_hook(RecomputationHooks.FUNCTION);
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double[] link = new double[Math.toIntExact(vector.numel())];
      link[0] = 1;
      link[1] = number;
      link[HEAD + i] = 1;
      Tensor factors = arena.hold(Tensors.constant(link, vector, link.length));
      links.add(factors);
      results.add(output(values.get(i), vector.mul(factors).sum()));
    }
    return results;
  }

  /**
   * A number that hangs on an input. What comes back to it is expanded to the shape of the input,
   * without a copy, and there replaced by the gradient.
   */
  private static Tensor end(Tensor input) {
    Tensor own = input.alias();
    own.register_hook(RecomputationHooks.INPUT);
    return own.sum();
  }

  /**
   * A value with a history that begins at a number. Of the cotangent, its first element comes back
   * there, without a copy.
   */
  private static Tensor output(Tensor value, Tensor link) {
    long[] shape = value.shape();
    long[] corner = new long[shape.length];
    Arrays.fill(corner, 1);
    Tensor zero = Tensors.scalar(0, value);
    Tensor output = link.to(value.scalar_type()).expand(corner).clone();
    for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
      long[] rest = output.shape();
      rest[dimension] = shape[dimension] - 1;
      output = Tensors.concatenate(List.of(output, zero.expand(rest)), dimension);
    }
    output.set_data(value.detach());
    output.register_hook(RecomputationHooks.OUTPUT);
    // A gradient that is asked for here must not be what the hook makes of it.
    return output.alias();
  }

  /** Number of inputs that have a gradient. */
  int gradients() {
    return differentiable().size();
  }

  int outputs() {
    return links.size();
  }

  private List<Tensor> differentiable() {
    return inputs.stream().filter(Tensor::requires_grad).toList();
  }

  /**
   * Vector-Jacobian product.
   *
   * @param outputs positions of the outputs that have a cotangent
   * @param cotangents theirs
   * @return a gradient for every input that has one; a function of inputs and cotangents if
   *     autograd is on
   */
  List<Tensor> pullBack(List<Integer> outputs, List<Tensor> cotangents) {
    boolean nested = running;
    running = true;
    try (TensorScope scope = TensorScope.open()) {
      Pullback pullback = new Pullback(withPrecision(), inputs.size(), outputs);
      List<Tensor> all = new ArrayList<>(inputs);
      all.addAll(cotangents);
      List<Tensor> values;
      try (AutoGradMode on = new AutoGradMode(true)) {
        values = pullback.values(all.stream().map(Recomputation::leaf).toList());
      }
      return scope.keep(GradMode.is_enabled() ? withHistory(values, all, pullback) : values);
    } finally {
      running = nested;
    }
  }

  private DifferentiableFunction withPrecision() {
    return arguments -> {
      try (Autocast open = precision.open()) {
        return function.apply(arguments);
      }
    };
  }

  private static Tensor leaf(Tensor input) {
    return input.detach().requires_grad_(input.requires_grad());
  }
}
