package io.github.smartaug.nn;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.Handover;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A model made of layers.
 *
 * @param input shape of the images
 * @param classes number of classes, at least 1
 * @param memoryFormat order of the images' values inside the network
 * @param network from images [B,C,H,W] to logits [B,classes]
 */
public record LayeredModel(ImageShape input, int classes, MemoryFormat memoryFormat, Layer network)
    implements Model {
  /** Checks the number of classes. */
  public LayeredModel {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + ", allowed: at least 1");
    }
  }

  /** A model whose images stay row-major. */
  public LayeredModel(ImageShape input, int classes, Layer network) {
    this(input, classes, MemoryFormat.CONTIGUOUS, network);
  }

  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    input.requireBatch(images);
    try (TensorScope scope = TensorScope.open()) {
      ForwardPass pass = ForwardPass.begin(parameters, buffers, mode);
      Tensor logits = scope.keep(pass.apply(network, memoryFormat.arrange(images)));
      return new Output(logits, mode.movesBuffers() ? scope.keep(pass.buffers()) : buffers);
    }
  }

  @Override
  public Optional<Linearized> linearize(
      Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    // A tangent in evaluation mode would be another formula, for which there is no use.
    if (!network.isLinearizable()
        || !(mode instanceof Mode.Training training)
        || !training.frozen().isEmpty()) {
      return Optional.empty();
    }
    input.requireBatch(images);
    Tape tape = new Tape();
    return Optional.of(
        Handover.orClosed(tape::close, () -> recordedOn(tape, images, parameters, buffers, mode)));
  }

  private Linearized recordedOn(
      Tape tape, Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    try (TensorScope scope = TensorScope.open()) {
      ForwardPass pass = ForwardPass.recorded(parameters, buffers, mode, tape);
      Tensor logits = scope.keep(pass.apply(network, memoryFormat.arrange(images)));
      Output output =
          new Output(logits, mode.movesBuffers() ? scope.keep(pass.buffers()) : buffers);
      return new LinearizedPass(network, parameters, output, tape);
    }
  }

  /**
   * In about as many blocks as each of them has layers. All but the last, whose turn comes first,
   * are computed again; Chen et al., "Training deep nets with sublinear memory cost", 2016. Without
   * a {@link #linearize linearization}, which would keep all values: second derivatives are
   * autograd's.
   */
  @Override
  public LayeredModel recomputed() {
    return new LayeredModel(input, classes, memoryFormat, Recomputed.inBlocks(network));
  }

  @Override
  public Optional<MemoryFormat> ownFormat() {
    return Optional.of(memoryFormat);
  }

  @Override
  public LayeredModel in(MemoryFormat format) {
    return new LayeredModel(input, classes, format, network);
  }

  private record LinearizedPass(Layer network, NamedTensors parameters, Output output, Tape tape)
      implements Linearized {
    @Override
    public Tensor tangent(NamedTensors direction) {
      try (TensorScope scope = TensorScope.open()) {
        TangentPass pass = new TangentPass(parameters, direction, tape);
        Tensor tangent = scope.keep(pass.apply(network, new Tensor()));
        pass.requireComplete();
        return tangent;
      }
    }

    @Override
    public void close() {
      tape.close();
    }
  }

  /** By a pass of one image in which values do not matter. */
  @Override
  public Optional<ModelSize> size() {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      NamedTensors parameters = network.initialParameters(new ShapesOnly());
      ForwardPass pass = ForwardPass.forShapes(parameters, network.initialBuffers());
      pass.apply(network, ShapesOnly.tensor(1, input.channels(), input.height(), input.width()));
      return Optional.of(new ModelSize(parameters.elementCount(), pass.multiplyAdds()));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return network.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return network.initialBuffers();
  }
}
