package io.github.smartaug.cli.extension;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.DataFile;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.DatasetFormat;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.Resizing;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A data format: grey images of 4x4 pixels in {@code images.dat}, a byte for the class before. */
public record Records() implements DatasetFormat {
  private static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  @Override
  public String name() {
    return "records";
  }

  @Override
  public String description() {
    return "images.dat, records of one class byte and 16 pixels";
  }

  @Override
  public boolean recognizes(Path folder) {
    return Files.isRegularFile(folder.resolve("images.dat"));
  }

  @Override
  public DatasetBundle read(Path folder, Resizing resizing) {
    ImageDataset images =
        DataFile.of(folder.resolve("images.dat")).read(input -> parse(input, resizing));
    return DatasetBundle.of("records", "images.dat in " + folder, images, images);
  }

  private static ImageDataset parse(DataInputStream input, Resizing resizing) throws IOException {
    List<DecodedImage> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = input.read(); label >= 0; label = input.read()) {
      labels.add(label);
      images.add(DecodedImage.of(SHAPE, input.readNBytes(16)));
    }
    return ImageDataset.ofDecoded(
        resizing.applyToAll(images),
        List.of("dark", "light"),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}
