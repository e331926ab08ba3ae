package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A model some of whose parameters stay as they are. They count as buffers: no optimizer moves or
 * decays them or keeps a state for them, no gradient of them is computed, and the norm that
 * gradients are clipped to is that of the others.
 *
 * <p>A layer all of whose parameters are frozen is frozen itself: its running statistics stay, and
 * batch normalisation normalises by them, also in training. What a TorchScript model normalises by
 * is in its code; only its statistics stay.
 *
 * <p>It has no {@link #linearize linearization}: second derivatives are autograd's, which leaves
 * out what is frozen.
 */
public final class FrozenModel implements Model {
  private final Model model;
  private final NamedTensors frozen;
  private final Set<String> layers;

  private FrozenModel(Model model, NamedTensors frozen, Set<String> layers) {
    this.model = model;
    this.frozen = frozen;
    this.layers = layers;
  }

  /**
   * A model with frozen parameters.
   *
   * @param model that comes with weights, such as a {@link PretrainedModel}
   * @param parameters names of those to freeze, see {@link FrozenLayers}
   * @param random draws their values, if the model does not come with weights
   * @return in the current scope; see {@link #heldBy}
   * @throws IllegalArgumentException if none or all parameters are to be frozen, or there is no
   *     parameter of a name
   */
  public static FrozenModel of(Model model, Set<String> parameters, RandomGenerator random) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors all = model.initialParameters(random);
      NamedTensors frozen = only(all, parameters);
      if (frozen.isEmpty() || frozen.size() == all.size()) {
        throw new IllegalArgumentException(
            "%d of %d parameters are frozen, allowed: some, and some that are trained"
                .formatted(frozen.size(), all.size()));
      }
      return new FrozenModel(model, scope.keep(frozen), frozenLayers(all, parameters));
    }
  }

  private static Set<String> frozenLayers(NamedTensors all, Set<String> parameters) {
    Set<String> layers = new LinkedHashSet<>();
    parameters.forEach(name -> layers.add(layer(name)));
    for (String name : all.names()) {
      if (!parameters.contains(name)) {
        layers.remove(layer(name));
      }
    }
    return layers;
  }

  private static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static NamedTensors only(NamedTensors tensors, Set<String> names) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, tensors.get(name)));
    return NamedTensors.of(some);
  }

  private static NamedTensors without(NamedTensors tensors, Set<String> names) {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors.asMap());
    others.keySet().removeAll(names);
    return NamedTensors.of(others);
  }

  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors given = buffers.map(this::constantIfFrozen);
      Output output =
          model.forward(
              images,
              parameters.with(only(given, frozen.names())),
              without(given, frozen.names()),
              mode.freezing(layers));
      Tensor logits = scope.keep(output.logits());
      if (!mode.movesBuffers()) {
        return new Output(logits, buffers);
      }
      NamedTensors left =
          given.map(
              (name, tensor) -> isFrozen(name) ? tensor.detach() : output.buffers().get(name));
      return new Output(logits, scope.keep(left));
    }
  }

  /** What is frozen depends on nothing. */
  private Tensor constantIfFrozen(String name, Tensor buffer) {
    return isFrozen(name) ? buffer.detach() : buffer;
  }

  private boolean isFrozen(String buffer) {
    return frozen.names().contains(buffer) || layers.contains(layer(buffer));
  }

  /** The parameters that are trained. */
  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return without(model.initialParameters(random), frozen.names());
  }

  /** The frozen parameters, and the model's own buffers. */
  @Override
  public NamedTensors initialBuffers() {
    return frozen.copy().with(model.initialBuffers());
  }

  @Override
  public Optional<ModelSize> size() {
    return model.size();
  }

  /** The same model, of which nothing is frozen. */
  public Model whole() {
    return model;
  }

  /** The parameters that are not trained. */
  public NamedTensors frozen() {
    return frozen;
  }

  @Override
  public Optional<MemoryFormat> ownFormat() {
    return model.ownFormat();
  }

  @Override
  public FrozenModel in(MemoryFormat format) {
    return new FrozenModel(model.in(format), frozen, layers);
  }

  @Override
  public FrozenModel recomputed() {
    return new FrozenModel(model.recomputed(), frozen, layers);
  }

  @Override
  public FrozenModel heldBy(Arena arena) {
    model.heldBy(arena);
    arena.hold(frozen);
    return this;
  }

  @Override
  public ImageShape input() {
    return model.input();
  }

  @Override
  public int classes() {
    return model.classes();
  }
}
