package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Frees native memory: when a scope is closed, everything that was allocated while it was open is
 * freed, except what was {@link #keep kept}.
 *
 * <pre>{@code
 * Tensor loss(Tensor logits, Tensor labels) {
 *   try (TensorScope scope = TensorScope.open()) {
 *     Tensor logProbabilities = logits.log_softmax(1);   // freed here
 *     return scope.keep(logProbabilities.nll_loss(labels));  // lives on in the caller's scope
 *   }
 * }
 * }</pre>
 *
 * <p>Scopes nest and belong to the thread that opened them. A kept value moves to the enclosing
 * scope. If there is none, the value belongs to the caller, who closes it or leaves it to the
 * garbage collector. An {@link Arena} holds values that outlive all scopes, such as the weights of
 * a model.
 *
 * <p>An element of a {@code TensorVector} or of a tuple cannot be kept, because its memory belongs
 * to the container. Keep a copy of the handle: {@code scope.keep(new Tensor(tuple.get0()))}. This
 * does not copy the numbers.
 *
 * <p>The autograd graph itself keeps the tensors that it needs. So Java handles may be closed as
 * soon as an expression has been built.
 */
public final class TensorScope implements AutoCloseable {
  private final Thread owner = Thread.currentThread();
  private final Values values = new Values();

  private TensorScope() {}

  /** Opens a scope inside the current one of this thread. */
  public static TensorScope open() {
    TorchRuntime.initialize();
    return new TensorScope();
  }

  /**
   * Moves a value that was allocated in this scope to the enclosing one. A value from elsewhere,
   * such as an argument that is returned unchanged, stays where it is.
   *
   * @return the same value
   * @throws IllegalArgumentException if the value is closed or does not own its memory
   */
  public <T extends Pointer> T keep(T value) {
    requireOwner(value);
    checkOpen();
    if (values.remove(value)) {
      if (attachOutside(value)) {
        value.releaseReference();
      }
    }
    return value;
  }

  /** {@link #keep(Pointer) Keeps} all values of a collection. */
  public <T extends Pointer, C extends Collection<T>> C keep(C values) {
    values.forEach(this::keep);
    return values;
  }

  /** {@link #keep(Pointer) Keeps} all tensors of a named set. */
  public NamedTensors keep(NamedTensors values) {
    values.tensors().forEach(this::keep);
    return values;
  }

  /** Frees what was allocated in this scope and not kept, in reverse order. */
  @Override
  public void close() {
    if (values.open) {
      checkOpen();
      values.close();
    }
  }

  /** Rejects a handle that does not own its memory, so that keeping it would have no effect. */
  static void requireOwner(Pointer value) {
    if (value.referenceCount() < 0) {
      throw new IllegalArgumentException(
          value.getClass().getSimpleName()
              + (value.isNull()
                  ? " is closed already"
                  : " does not own its memory (an element of a vector or tuple?), keep a copy of"
                      + " the handle: new Tensor(value)"));
    }
  }

  private void checkOpen() {
    if (!values.open || owner != Thread.currentThread()) {
      throw new IllegalStateException(
          values.open
              ? "the scope belongs to the thread " + owner.getName()
              : "the scope is closed");
    }
  }

  /** Attaches to the nearest enclosing scope that accepts the value; false if there is none. */
  private boolean attachOutside(Pointer value) {
    Iterator<PointerScope> scopes = PointerScope.getScopeIterator();
    boolean outside = false;
    while (scopes.hasNext()) {
      PointerScope scope = scopes.next();
      if (outside && accepts(scope, value)) {
        scope.attach(value);
        return true;
      }
      outside |= scope == values;
    }
    return false;
  }

  private static boolean accepts(PointerScope scope, Pointer value) {
    Class<?>[] classes = scope.forClasses();
    return classes == null
        || classes.length == 0
        || Arrays.stream(classes).anyMatch(type -> type.isInstance(value));
  }

  /**
   * The values of a scope, each with one reference.
   *
   * <p>JavaCPP's own scope cannot be used for this. When told to detach a value, it releases the
   * value even if it never held it, which frees values of outer scopes too early. It also cannot
   * tell which values it holds. The search starts at the latest value, which is usually the one to
   * keep.
   */
  private static final class Values extends PointerScope {
    private final List<Pointer> attached = new ArrayList<>();
    private boolean open = true;

    @Override
    public PointerScope attach(Pointer value) {
      attached.add(value);
      value.retainReference();
      return this;
    }

    @Override
    public PointerScope detach(Pointer value) {
      if (remove(value)) {
        value.releaseReference();
      }
      return this;
    }

    /** Forgets a value without releasing it; false if it is not in this scope. */
    @SuppressWarnings("ReferenceEquality") // equal addresses do not make one owner
    boolean remove(Pointer value) {
      for (int i = attached.size() - 1; i >= 0; i--) {
        if (attached.get(i) == value) {
          attached.remove(i);
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() {
      open = false;
      try {
        for (int i = attached.size() - 1; i >= 0; i--) {
          attached.get(i).releaseReference();
        }
      } finally {
        attached.clear();
        super.close();
      }
    }
  }
}
