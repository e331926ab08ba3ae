package io.github.smartaug.nn;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a model computes in. */
public enum Precision {
  /** The type of its parameters. */
  FLOAT32 {
    @Override
    public Model of(Model model) {
      return model;
    }
  },

  /**
   * Convolutions and matrix products in bfloat16, which has float32's range and 8 bits of its
   * fraction, and what lies between them; normalisation takes its sums in float32. Kalamkar et al.,
   * "A study of bfloat16 for deep learning training", 2019. Parameters, buffers, logits and
   * gradients stay float32.
   */
  BFLOAT16 {
    @Override
    public Model of(Model model) {
      return new AutocastModel(model, ScalarType.BFloat16);
    }
  };

  /** That model in this precision. */
  public abstract Model of(Model model);
}
