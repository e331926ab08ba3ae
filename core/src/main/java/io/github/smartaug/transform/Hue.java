package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Turns the hue of every pixel in the HSV colour space, saturation and value kept; the value is the
 * shift in turns of the colour circle: 1/3 makes red green, and 1 is no change. Images of one
 * channel have no hue and stay as they are.
 *
 * <p>With M and m the largest and smallest of red, green and blue and h the hue in sixths of a
 * turn, a colour is {@code M - (M - m) clamp(min(k, 4 - k))}, {@code k = (n + h) mod 6}, n = 5 for
 * red, 3 for green, 1 for blue.
 *
 * <p>Value: turns, any; 0 changes nothing.
 *
 * @see <a href="https://doi.org/10.1145/800248.807361">Smith, Color gamut transform pairs</a>
 */
public record Hue() implements Transform {
  private static final long CHANNEL = 1;
  private static final double SIXTHS = 6;

  @Override
  public boolean changesGrey() {
    return false;
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor shifts = PerImage.broadcast(values, images);
    PerImage.requireGreyOrColor(images);
    if (images.size(CHANNEL) == 1) {
      return images;
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor largest = images.amax(new long[] {CHANNEL}, true);
      Tensor chroma = largest.sub(images.amin(new long[] {CHANNEL}, true));
      Tensor hue = hue(images, largest, chroma).add(shifts, new Scalar(SIXTHS));
      Tensor phase = hue.add(Tensors.constant(new double[] {5, 3, 1}, images, 1, 3, 1, 1));
      Tensor place = phase.remainder(new Scalar(SIXTHS));
      Tensor distance = torch.minimum(place, place.neg().add(new Scalar(4)));
      Tensor absent =
          distance.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
      return scope.keep(largest.sub(chroma.mul(absent)));
    }
  }

  /** In sixths of a turn, [B,1,H,W]; 0 where there is no colour. */
  private static Tensor hue(Tensor images, Tensor largest, Tensor chroma) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor red = images.narrow(CHANNEL, 0, 1);
      Tensor green = images.narrow(CHANNEL, 1, 1);
      Tensor blue = images.narrow(CHANNEL, 2, 1);
      Tensor usable = torch.where(chroma.eq(new Scalar(0)), torch.ones_like(chroma), chroma);
      Tensor nearRed = green.sub(blue).div(usable);
      Tensor nearGreen = blue.sub(red).div(usable).add(new Scalar(2));
      Tensor nearBlue = red.sub(green).div(usable).add(new Scalar(4));
      Tensor notRed = torch.where(green.eq(largest), nearGreen, nearBlue);
      return scope.keep(torch.where(red.eq(largest), nearRed, notRed));
    }
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.TURNS;
  }
}
