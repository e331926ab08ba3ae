package io.github.smartaug.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A stretch of code at whose end all native memory that it allocated is freed, except what was
 * {@link #keep kept}.
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
 * scope; without one it belongs to the caller, who closes it (or leaves it to the garbage
 * collector). Values that outlive all scopes, such as the weights of a model, are held by an {@link
 * Arena}.
 *
 * <p>A handle that does not own what it points to, such as an element of a {@code TensorVector} or
 * of a tuple, cannot be kept: its memory goes with its container. Keep a copy of the handle, {@code
 * scope.keep(new Tensor(tuple.get0()))}; the elements are not copied.
 *
 * <p>The autograd graph keeps the native tensors that it needs, so a Java handle may be closed as
 * soon as the expression that uses it is built.
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
   * Moves a value that was allocated in this scope to the enclosing one. A value that belongs
   * elsewhere, such as an argument that is returned as it came, stays where it is.
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

  /** Frees what was allocated in this scope and not kept, last first. */
  @Override
  public void close() {
    if (values.open) {
      checkOpen();
      values.close();
    }
  }

  /** Rejects a handle whose life cannot be prolonged, because it is not what ends it. */
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

  /** Attaches to the nearest scope around this one that takes the value; false without one. */
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
   * <p>JavaCPP's own scope releases a value that it is told to detach even if it never held it,
   * which would free the value of a scope further out too early; and it does not tell whether it
   * holds one. The search begins at the latest, where a value to be kept usually is.
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
