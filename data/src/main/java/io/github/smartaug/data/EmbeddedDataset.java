package io.github.smartaug.data;

/**
 * The data set that is part of the library: the first 10,000 training and 2,000 test images of
 * Fashion-MNIST, 1x28x28, 10 classes. Origin and licence are told in the README.txt beside the
 * files.
 *
 * @see <a href="https://arxiv.org/abs/1708.07747">Xiao, Rasul, Vollgraf: Fashion-MNIST, a Novel
 *     Image Dataset for Benchmarking Machine Learning Algorithms, 2017</a>
 */
final class EmbeddedDataset implements NamedDataset {
  static final String NAME = "fashion-mnist-mini";

  private static final String PROVENANCE =
      "the first 10,000 training and 2,000 test images of Fashion-MNIST"
          + " (Xiao, Rasul, Vollgraf, Zalando Research 2017, arXiv:1708.07747),"
          + " MIT licence, Copyright (c) 2017 Zalando SE";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "10,000 training and 2,000 test images of Fashion-MNIST, part of SmartAug";
  }

  @Override
  public DatasetBundle read(Resizing resizing) {
    return DatasetBundle.of(NAME, PROVENANCE, part("train", resizing), part("t10k", resizing));
  }

  private static ImageDataset part(String prefix, Resizing resizing) {
    return IdxReader.readDataset(
        DataFile.resource(NAME + "/" + prefix + "-images-idx3-ubyte.gz"),
        DataFile.resource(NAME + "/" + prefix + "-labels-idx1-ubyte.gz"),
        ClassNames.FASHION_MNIST,
        resizing);
  }
}
