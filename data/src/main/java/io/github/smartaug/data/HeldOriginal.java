package io.github.smartaug.data;

/**
 * An image that is held in the size that it was stored in, to be resized whenever it is needed.
 *
 * @param originals that it is one of
 * @param index its place among them
 */
record HeldOriginal(ImageDataset originals, int index) implements EncodedImage {
  @Override
  public String name() {
    return originals.imageName(index);
  }

  @Override
  public String place() {
    return "image " + name();
  }

  @Override
  public DecodedImage decode(Resizing resizing) {
    return resizing.apply(new DecodedImage(originals.shape(), originals.storedPixels(index)));
  }
}
