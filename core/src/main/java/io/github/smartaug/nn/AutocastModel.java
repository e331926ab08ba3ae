package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Autocast;
import io.github.smartaug.tensor.Handover;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A model whose forward pass computes in a shorter type. The casts are part of its graph, so that
 * gradients arrive at the parameters in these' own type, and logits and their tangents leave in the
 * type of the images.
 *
 * @param model the same in full
 * @param type to compute in
 */
record AutocastModel(Model model, ScalarType type) implements Model {
  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    try (TensorScope scope = TensorScope.open();
        Autocast autocast = Autocast.to(type, images)) {
      Output output = model.forward(images, parameters, buffers, mode);
      Tensor logits = output.logits().to(images.scalar_type());
      return new Output(scope.keep(logits), scope.keep(output.buffers()));
    }
  }

  @Override
  public Optional<Linearized> linearize(
      Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    try (Autocast autocast = Autocast.to(type, images)) {
      return model
          .linearize(images, parameters, buffers, mode)
          .map(pass -> Handover.orClosed(pass::close, () -> inTypeOf(images, pass)));
    }
  }

  private Linearized inTypeOf(Tensor images, Linearized pass) {
    ScalarType own = images.scalar_type();
    Output output = new Output(pass.output().logits().to(own), pass.output().buffers());
    return new AutocastPass(type, own, output, pass);
  }

  /** Tangents are carried in the same type as the values were. */
  private record AutocastPass(ScalarType type, ScalarType own, Output output, Linearized pass)
      implements Linearized {
    @Override
    public Tensor tangent(NamedTensors direction) {
      try (TensorScope scope = TensorScope.open();
          Autocast autocast = Autocast.to(type, output.logits())) {
        return scope.keep(pass.tangent(direction).to(own));
      }
    }

    @Override
    public void close() {
      pass.close();
    }
  }

  @Override
  public Optional<MemoryFormat> ownFormat() {
    return model.ownFormat();
  }

  @Override
  public Model in(MemoryFormat format) {
    return new AutocastModel(model.in(format), type);
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return model.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return model.initialBuffers();
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
