package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of images with few channels, computed as one with four times as many on images of
 * half the height and width: every block of 2x2 pixels becomes one pixel. With a stride of 1 each
 * place of the new kernel computes the 2x2 outputs of its block.
 *
 * <p>The same numbers to rounding. Convolution kernels work on many channels at a time, so the
 * gradient with respect to an input of three costs five times what it should; this way it costs
 * less than half of that. Without that gradient nothing is gained.
 *
 * @param window stride 1 or 2
 */
record SpaceToDepth(Window window) {
  private static final int MOST_CHANNELS = 4;
  private static final long[] ONE = {1, 1};
  private static final long[] ZERO = {0, 0};

  /** Whether this way is faster, and possible. */
  static boolean suits(Tensor input, Window window) {
    return input.requires_grad()
        && input.size(1) <= MOST_CHANNELS
        && window.size() > 1
        && window.stride() <= 2
        && isEven(input.size(2) + 2L * window.padding())
        && isEven(input.size(3) + 2L * window.padding())
        && isEven(outputs(input.size(2), window))
        && isEven(outputs(input.size(3), window))
        && MemoryFormat.CHANNELS_LAST.isOrderOf(input);
  }

  private static boolean isEven(long value) {
    return value % 2 == 0;
  }

  private static long outputs(long pixels, Window window) {
    return window.stride() == 2 ? 0 : window.positions((int) pixels);
  }

  /**
   * The convolution without bias.
   *
   * @param input [B,inputs,H,W], channels last
   * @param weight [outputs,inputs,size,size]
   * @return [B,outputs,H',W'], channels last
   */
  Tensor convolve(Tensor input, Tensor weight) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor output =
          torch.conv2d(blocks(input), kernels(weight), new TensorOptional(), ONE, ZERO, ONE, 1);
      return scope.keep(phases() == 1 ? new Tensor(output) : unfolded(output));
    }
  }

  /** Outputs per block along an axis. */
  private int phases() {
    return 2 / window.stride();
  }

  /** [B,C,H,W] to [B,4C,H/2,W/2]: channels by row and column in the block, then channel. */
  private Tensor blocks(Tensor input) {
    long border = window.padding();
    Tensor padded =
        border == 0
            ? input
            : torch.constant_pad_nd(
                input, new long[] {border, border, border, border}, new Scalar(0.0));
    long height = padded.size(2);
    long width = padded.size(3);
    long channels = padded.size(1);
    return padded
        .permute(0, 2, 3, 1)
        .reshape(-1, height / 2, 2, width / 2, 2, channels)
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(-1, height / 2, width / 2, 4 * channels)
        .permute(0, 3, 1, 2);
  }

  /** The kernel moved to each output of a block, one after the other. */
  private Tensor kernels(Tensor weight) {
    long size = window.size() + (phases() - 1L) * window.stride();
    long even = size + size % 2;
    List<Tensor> moved = new ArrayList<>();
    for (int row = 0; row < phases(); row++) {
      for (int column = 0; column < phases(); column++) {
        long rest = even - window.size();
        long[] border = {column, rest - column, row, rest - row};
        moved.add(inBlocks(torch.constant_pad_nd(weight, border, new Scalar(0.0)), even));
      }
    }
    return Tensors.concatenate(moved, 0);
  }

  /** [O,C,S,S] to [O,4C,S/2,S/2], in the order of {@link #blocks}. */
  private static Tensor inBlocks(Tensor weight, long size) {
    long channels = weight.size(1);
    return weight
        .reshape(-1, channels, size / 2, 2, size / 2, 2)
        .permute(0, 3, 5, 1, 2, 4)
        .reshape(-1, 4 * channels, size / 2, size / 2);
  }

  /** [B,4C,H,W], outputs of a block one after the other, to [B,C,2H,2W]. */
  private static Tensor unfolded(Tensor output) {
    long height = output.size(2);
    long width = output.size(3);
    long channels = output.size(1) / 4;
    return output
        .permute(0, 2, 3, 1)
        .reshape(-1, height, width, 2, 2, channels)
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(-1, 2 * height, 2 * width, channels)
        .permute(0, 3, 1, 2);
  }
}
