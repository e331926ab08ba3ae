package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Order of the values of images [B,C,H,W] in memory. Layers keep the order of their input, so it is
 * chosen once, at the entry of a network; results are the same to rounding.
 */
public enum MemoryFormat {
  /** Row-major: all pixels of a channel together. */
  CONTIGUOUS(torch.MemoryFormat.Contiguous),
  /** All channels of a pixel together, which many convolution kernels prefer. */
  CHANNELS_LAST(torch.MemoryFormat.ChannelsLast);

  private final torch.MemoryFormat format;

  MemoryFormat(torch.MemoryFormat format) {
    this.format = format;
  }

  /** The same images in this order; a copy only if they are in another. */
  Tensor arrange(Tensor images) {
    try (TensorScope scope = TensorScope.open()) {
      // Not contiguous(format): one-channel images are contiguous in every format, so it would
      // leave the strides as they are, by which the layers recognise the format.
      return scope.keep(
          images.to(images.scalar_type(), false, false, new MemoryFormatOptional(format)));
    }
  }

  /** Whether the values of images are in this order. */
  boolean isOrderOf(Tensor images) {
    return images.is_contiguous(format);
  }
}
