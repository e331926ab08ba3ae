package io.github.smartaug.cli.apply;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.cli.images.PolicyChannels;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.transform.Sampling;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Draws of a policy, new ones for every image. */
record PolicyOperation(LearnablePolicy policy) implements ImageOperation {
  /**
   * Reads a policy.
   *
   * @param sampling how pixels are read where they are moved, instead of how the file says
   */
  static PolicyOperation read(Path file, UnaryOperator<Sampling> sampling) {
    LearnablePolicy policy = PolicyFile.read(file).policy();
    return new PolicyOperation(policy.withSampling(sampling.apply(policy.transforms().sampling())));
  }

  @Override
  public Tensor apply(Tensor images, int first, RandomStream random) {
    return policy.augment(images, random).images();
  }

  @Override
  public void requireImages(int count, String where) {
    // A policy takes any number.
  }

  @Override
  public void requireChannels(int channels) {
    PolicyChannels.require(policy, channels);
  }
}
