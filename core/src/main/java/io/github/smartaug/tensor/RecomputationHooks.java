package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * What libtorch calls at the nodes of a {@link Recomputation}. The binding has no functions with a
 * backward pass in Java, and a hook of its own for each node would never be freed. So there are
 * three hooks for all nodes, and what one has to tell the next goes as numbers through the graph in
 * place of gradients:
 *
 * <ol>
 *   <li>At an output, its cotangent is put aside; a ticket for it goes on.
 *   <li>At the vector of links come the sum of tickets, this times the number of the function, and
 *       the ticket of every output. The function is pulled back. A key for each gradient goes on.
 *   <li>At an input comes the key, and its gradient goes on.
 * </ol>
 */
final class RecomputationHooks {
  /** Tickets and keys up to here are exact in every type of numbers; in float32 all are. */
  static final int MOST_NUMBERS = 255;

  private static final ThreadLocal<Aside> ASIDE = ThreadLocal.withInitial(Aside::new);

  static final TensorTensorHook OUTPUT =
      forever(
          new Hook() {
            @Override
            Tensor passedOn(Tensor gradient) {
              int ticket = ASIDE.get().putCotangent(gradient);
              return Tensors.scalar(ticket, gradient).expand(gradient.shape());
            }
          });

  static final TensorTensorHook FUNCTION =
      forever(
          new Hook() {
            @Override
            Tensor passedOn(Tensor gradient) {
              return keys(gradient);
            }
          });

  static final TensorTensorHook INPUT =
      forever(
          new Hook() {
            @Override
            Tensor passedOn(Tensor gradient) {
              Tensor first = gradient.reshape(-1).narrow(0, 0, 1);
              return ASIDE.get().takeGradient(Math.round(Tensors.item(first)));
            }
          });

  private RecomputationHooks() {}

  /** Graphs call it by its native address: no scope and no garbage collector may free it. */
  private static TensorTensorHook forever(TensorTensorHook hook) {
    return hook.retainReference();
  }

  private static Tensor keys(Tensor link) {
    Aside aside = ASIDE.get();
    double[] numbers = Tensors.toDoubles(link);
    Recomputation recomputation = Recomputation.numbered(Math.round(numbers[1] / numbers[0]));
    int head = Recomputation.HEAD + recomputation.outputs();
    List<Integer> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = Recomputation.HEAD; i < head; i++) {
      // An output that nothing depends on has no cotangent.
      if (numbers[i] != 0) {
        outputs.add(i - Recomputation.HEAD);
        cotangents.add(aside.takeCotangent((int) numbers[i]));
      }
    }
    long[] keys = aside.putGradients(recomputation.pullBack(outputs, cotangents));
    double[] passedOn = new double[numbers.length];
    for (int i = 0; i < keys.length; i++) {
      passedOn[head + i] = keys[i];
    }
    return Tensors.constant(passedOn, link, passedOn.length);
  }

  /** What waits for the next hook on a thread. */
  private static final class Aside {
    private final Map<Integer, Tensor> cotangents = new HashMap<>();
    private final Map<Long, Tensor> gradients = new HashMap<>();
    private long lastKey;

    int putCotangent(Tensor cotangent) {
      int ticket = 1;
      while (cotangents.containsKey(ticket)) {
        ticket++;
      }
      if (ticket > MOST_NUMBERS) {
        throw new IllegalStateException("more than " + MOST_NUMBERS + " outputs wait");
      }
      cotangents.put(ticket, held(cotangent));
      return ticket;
    }

    Tensor takeCotangent(int ticket) {
      return taken(cotangents.remove(ticket));
    }

    /**
     * Gradients for which nobody asked are freed here. All others were fetched: libtorch goes from
     * the latest node to the earliest, and the inputs of a function come right behind it.
     */
    long[] putGradients(List<Tensor> ofInputs) {
      gradients.values().forEach(Tensor::releaseReference);
      gradients.clear();
      long[] keys = new long[ofInputs.size()];
      lastKey = lastKey + keys.length > MOST_NUMBERS ? 0 : lastKey;
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ++lastKey;
        gradients.put(lastKey, held(ofInputs.get(i)));
      }
      return keys;
    }

    Tensor takeGradient(long key) {
      return taken(gradients.remove(key));
    }

    private static Tensor held(Tensor value) {
      return new Tensor(value).retainReference();
    }

    /** The value in the current scope. */
    private static Tensor taken(Tensor held) {
      if (held == null) {
        throw new IllegalStateException("a gradient is asked for that was not put aside");
      }
      Tensor own = new Tensor(held);
      held.releaseReference();
      return own;
    }
  }

  /** A hook as libtorch calls it. */
  private abstract static class Hook extends TensorTensorHook {
    /**
     * Libtorch reads the result after the call, on a thread without a scope that could free it. So
     * each result is held until the next call.
     */
    private final ThreadLocal<Arena> results = ThreadLocal.withInitial(Arena::new);

    abstract Tensor passedOn(Tensor gradient);

    @Override
    public TensorBase call(TensorBase gradient) {
      try (gradient;
          TensorScope scope = TensorScope.open()) {
        Tensor result = passedOn(new Tensor(gradient));
        results.get().close();
        return results.get().hold(result);
      }
    }
  }
}
