package io.github.smartaug.tensor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A stretch of code at whose end all native memory that it allocated is freed, except what was
 * {@link #keep kept}.
 *
 * <pre>{@code
 * Tensor loss(Tensor logits, Tensor labels) {
 *   try (Scope scope = Scope.open()) {
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
 * <p>The autograd graph keeps the native tensors that it needs, so a Java handle may be closed as
 * soon as the expression that uses it is built.
 */
public final class Scope implements AutoCloseable {
  private final OwnedPointers pointers;

  private Scope() {
    this.pointers = new OwnedPointers();
  }

  /** Opens a scope inside the current one of this thread. */
  public static Scope open() {
    TorchRuntime.initialize();
    return new Scope();
  }

  /**
   * Moves a value that was allocated in this scope to the enclosing one. A value that belongs to
   * another scope stays there.
   *
   * @return the same value
   */
  public <T extends Pointer> T keep(T value) {
    if (pointers.disown(value)) {
      PointerScope outer = enclosing();
      if (outer != null) {
        outer.attach(value);
        value.releaseReference();
      }
    }
    return value;
  }

  /** {@link #keep(Pointer) Keeps} all tensors of a named set. */
  public NamedTensors keep(NamedTensors values) {
    values.tensors().forEach(this::keep);
    return values;
  }

  private PointerScope enclosing() {
    Iterator<PointerScope> scopes = PointerScope.getScopeIterator();
    while (scopes.hasNext()) {
      if (scopes.next() == pointers) {
        return scopes.hasNext() ? scopes.next() : null;
      }
    }
    throw new IllegalStateException("the scope is closed, or belongs to another thread");
  }

  @Override
  public void close() {
    pointers.close();
  }

  /**
   * A pointer scope that knows what is in it: JavaCPP's own cannot say, and giving away a value
   * that it does not hold would free that value twice.
   */
  private static final class OwnedPointers extends PointerScope {
    private final Set<Pointer> owned = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public PointerScope attach(Pointer pointer) {
      if (owned.add(pointer)) {
        pointer.retainReference();
      }
      return this;
    }

    @Override
    public PointerScope detach(Pointer pointer) {
      if (disown(pointer)) {
        pointer.releaseReference();
      }
      return this;
    }

    /** Forgets a pointer and leaves the scope's reference to the caller; false if not in here. */
    boolean disown(Pointer pointer) {
      return owned.remove(pointer);
    }

    @Override
    public void close() {
      while (!owned.isEmpty()) {
        Pointer[] all = owned.toArray(new Pointer[0]);
        owned.clear();
        for (Pointer pointer : all) {
          pointer.releaseReference();
        }
      }
      super.close();
    }
  }
}
