package io.github.smartaug.tensor;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Whether the convolutions of oneDNN, by which libtorch computes on CPUs, are right on this
 * machine.
 *
 * <p>oneDNN plans its kernels by the sizes of the processor's caches. Where a virtual machine tells
 * none, some float32 kernels leave parts of their results unwritten: errors of 40 %, or NaN, in
 * forward and backward passes of 5x5 kernels and of 1x1 kernels with a stride of 2; others divide
 * by such a size, which ends the process. Seen with oneDNN of libtorch 2.10 on a virtual AMD EPYC;
 * models still learn there, only worse.
 */
final class ConvolutionCheck {
  /** Rounding stays far below, the errors far above. */
  private static final double MOST = 1e-3;

  private static final long[] NONE = {0, 0};
  private static final long[] ONE = {1, 1};

  /** Some of the shapes that were seen to go wrong, none that ended the process. */
  private static final List<Case> CASES =
      List.of(
          new Case(new long[] {4, 20, 12, 12}, 50, 5, 1, torch.MemoryFormat.Contiguous),
          new Case(new long[] {8, 1, 28, 28}, 20, 5, 1, torch.MemoryFormat.ChannelsLast),
          new Case(new long[] {4, 3, 28, 28}, 20, 5, 1, torch.MemoryFormat.Contiguous),
          new Case(new long[] {8, 256, 4, 4}, 512, 1, 2, torch.MemoryFormat.ChannelsLast));

  private ConvolutionCheck() {}

  /** Compares with the convolutions that libtorch has without oneDNN, which is on afterwards. */
  static boolean passes() {
    return CASES.stream().allMatch(Case::passes);
  }

  /**
   * A convolution without padding.
   *
   * @param images [B,C,H,W]
   * @param outputs number of channels
   * @param size height and width of the kernel
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(
      long[] images, long outputs, long size, long stride, torch.MemoryFormat format) {
    boolean passes() {
      try (TensorScope scope = TensorScope.open()) {
        SplittableRandom random = new SplittableRandom(1);
        Tensor input = uniform(random, images);
        Tensor kernel = uniform(random, outputs, images[1], size, size);
        List<Tensor> fast = results(input, kernel);
        List<Tensor> plain = withoutOneDnn(input, kernel);
        for (int i = 0; i < fast.size(); i++) {
          Tensor error = fast.get(i).sub(plain.get(i)).abs().max();
          // Not ">": NaN is wrong, too.
          if (!(Tensors.item(error) <= MOST * Tensors.item(plain.get(i).abs().max()))) {
            return false;
          }
        }
        return true;
      }
    }

    private List<Tensor> withoutOneDnn(Tensor input, Tensor kernel) {
      torch.globalContext().setUserEnabledMkldnn(false);
      try {
        return results(input, kernel);
      } finally {
        torch.globalContext().setUserEnabledMkldnn(true);
      }
    }

    /** The convolution and the gradients of a sum of its results. */
    private List<Tensor> results(Tensor input, Tensor kernel) {
      NamedTensors leaves =
          NamedTensors.of(
                  "input",
                  input.to(torch.ScalarType.Float, false, true, new MemoryFormatOptional(format)))
              .with(NamedTensors.of("kernel", kernel))
              .asLeaves();
      long[] strides = {stride, stride};
      Tensor result =
          torch.conv2d(
              leaves.get("input"),
              leaves.get("kernel"),
              new TensorOptional(),
              strides,
              NONE,
              ONE,
              1);
      Tensor weights = uniform(new SplittableRandom(2), result.shape());
      NamedTensors gradients = Tensors.gradients(result.mul(weights).sum(), leaves);
      return List.of(result.detach(), gradients.get("input"), gradients.get("kernel"));
    }

    private static Tensor uniform(SplittableRandom random, long... shape) {
      long count = 1;
      for (long length : shape) {
        count *= length;
      }
      double[] values = random.doubles(count).map(u -> 2 * u - 1).toArray();
      return Tensors.of(values, shape).to(torch.ScalarType.Float);
    }
  }
}
