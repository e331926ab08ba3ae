package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A model whose training begins with given values, such as those of an earlier training
 * (fine-tuning), and not with random ones.
 *
 * @param model the same function
 * @param parameters all of the model's {@link Model#initialParameters}, float32 on the CPU
 * @param buffers all of the model's {@link Model#initialBuffers}, float32 on the CPU
 */
public record PretrainedModel(Model model, NamedTensors parameters, NamedTensors buffers)
    implements Model {
  @Override
  public Output forward(Tensor images, NamedTensors given, NamedTensors givenBuffers, Mode mode) {
    return model.forward(images, given, givenBuffers, mode);
  }

  @Override
  public Optional<Linearized> linearize(
      Tensor images, NamedTensors given, NamedTensors givenBuffers, Mode mode) {
    return model.linearize(images, given, givenBuffers, mode);
  }

  /**
   * The given parameters.
   *
   * @param random is not used
   */
  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return parameters.copy();
  }

  @Override
  public NamedTensors initialBuffers() {
    return buffers.copy();
  }

  @Override
  public Optional<MemoryFormat> ownFormat() {
    return model.ownFormat();
  }

  @Override
  public PretrainedModel in(MemoryFormat format) {
    return new PretrainedModel(model.in(format), parameters, buffers);
  }

  @Override
  public PretrainedModel recomputed() {
    return new PretrainedModel(model.recomputed(), parameters, buffers);
  }

  @Override
  public PretrainedModel heldBy(Arena arena) {
    model.heldBy(arena);
    arena.hold(parameters);
    arena.hold(buffers);
    return this;
  }

  @Override
  public Optional<ModelSize> size() {
    return model.size();
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
