package io.github.smartaug.cli.predict;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Images that were read.
 *
 * @param names one for each
 * @param images float32 [B,C,H,W] in [0,1]; nothing if none could be read
 * @param bad why others could not be read, one line each
 */
record LoadedImages(List<String> names, Optional<Tensor> images, List<String> bad) {}
