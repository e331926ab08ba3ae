package io.github.smartaug.export;

import java.util.Locale;

/** Libraries of Python with which a {@link PythonExport} applies a policy. */
public enum PythonLibrary {
  /** PIL images and tensors, on the way from the data set to the batch. */
  TORCHVISION,
  /** Batches of tensors on any device, with gradients to images and magnitudes. */
  KORNIA,
  /** Arrays of numpy. */
  ALBUMENTATIONS;

  String template() {
    return name().toLowerCase(Locale.ROOT) + ".py";
  }
}
