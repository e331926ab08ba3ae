package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * The tokens of a vision transformer, [B,C,H,W] to [B,1+T,D]: a learned one that will hold the
 * class, then one for each of T patches of the image, and to each the learned embedding of its
 * position. Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021.
 *
 * <p>Parameters: the class token [1,1,D], zeros at first; those of the patches; and the positions
 * [1,1+T,D], normal with a standard deviation of 0.02.
 *
 * @param patches makes [B,D,h,w] of images, with h times w = T
 * @param classToken full name of the class token
 * @param positions full name of the embedding of positions
 * @param count T
 * @param features D
 */
public record TokenEmbedding(
    Layer patches, String classToken, String positions, int count, int features) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          tokens(
              pass.apply(patches, input), pass.parameter(classToken), pass.parameter(positions)));
    }
  }

  private static Tensor tokens(Tensor ofPatches, Tensor ofClass, Tensor ofPositions) {
    Tensor rows = ofPatches.flatten(2, 3).transpose(1, 2);
    Tensor first = ofClass.expand(rows.size(0), -1, -1);
    // Under mixed precision patches come in a shorter type than parameters.
    return Tensors.concatenate(List.of(first, rows.to(first.scalar_type())), 1).add(ofPositions);
  }

  @Override
  public boolean isLinearizable() {
    return patches.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          tokens(
              pass.apply(patches, inputTangent),
              pass.direction(classToken),
              pass.direction(positions)));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    Tensor first = Initializer.constant(0).draw(random, 1, 1, features);
    return NamedTensors.of(classToken, first)
        .with(patches.initialParameters(random))
        .with(
            NamedTensors.of(
                positions, Initializer.normal(0.02).draw(random, 1, 1L + count, features)));
  }

  @Override
  public NamedTensors initialBuffers() {
    return patches.initialBuffers();
  }
}
