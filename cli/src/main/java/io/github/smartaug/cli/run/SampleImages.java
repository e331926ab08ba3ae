package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.TransformPolicy;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.plot.SampleGrid;
import io.github.smartaug.cli.plot.SampleGrid.Cell;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformStage;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Images of a data set beside what a policy makes of them. */
final class SampleImages {
  private static final int ROWS = 8;
  private static final int COPIES = 8;

  private final ImageDataset dataset;
  private final TransformPolicy policy;
  private final RandomStream random;

  SampleImages(ImageDataset dataset, TransformPolicy policy, RandomStream random) {
    this.dataset = dataset;
    this.policy = policy;
    this.random = random;
  }

  /** A row per image: the original, then augmented copies with the transforms that they got. */
  SampleGrid grid(String title) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int index : chosenImages()) {
      rows.add(row(index));
    }
    return SampleGrid.ofOriginals(title, rows);
  }

  /** An image of each class in turn, in the order in which classes appear, and round again. */
  int[] chosenImages() {
    Map<Integer, List<Integer>> byClass = new LinkedHashMap<>();
    for (int i = 0; i < dataset.size(); i++) {
      byClass.computeIfAbsent(dataset.label(i), none -> new ArrayList<>()).add(i);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < Math.min(ROWS, dataset.size()); round++) {
      for (List<Integer> images : byClass.values()) {
        if (round < images.size()) {
          chosen.add(images.get(round));
        }
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).limit(ROWS).toArray();
  }

  private List<Cell> row(int index) {
    ImageShape shape = dataset.shape();
    byte[] pixels = dataset.pixels(index);
    double[] original = new double[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      original[i] = Byte.toUnsignedInt(pixels[i]) / 255.0;
    }
    List<Cell> cells = new ArrayList<>();
    String className = dataset.classNames().get(dataset.label(index));
    cells.add(new Cell(picture(original, shape), List.of(className)));
    int[] classes = new int[COPIES];
    Arrays.fill(classes, dataset.label(index));
    Draws draws = policy.draw(classes, random);
    double[] augmented = augment(original, draws);
    for (int copy = 0; copy < COPIES; copy++) {
      int from = copy * original.length;
      double[] values = Arrays.copyOfRange(augmented, from, from + original.length);
      cells.add(new Cell(picture(values, shape), names(policy.applied(draws), copy)));
    }
    return cells;
  }

  private double[] augment(double[] original, Draws draws) {
    ImageShape shape = dataset.shape();
    float[] copies = new float[COPIES * original.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = (float) original[i % original.length];
    }
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor images = Tensors.of(copies, COPIES, shape.channels(), shape.height(), shape.width());
      return Tensors.toDoubles(policy.apply(images, draws).images());
    }
  }

  private List<String> names(Draws applied, int copy) {
    return Arrays.stream(applied.transforms())
        .map(position -> position[copy])
        .filter(transform -> transform != TransformStage.NOTHING)
        .map(transform -> policy.transforms().names().get(transform))
        .toList();
  }

  private static BufferedImage picture(double[] values, ImageShape shape) {
    int plane = shape.height() * shape.width();
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < plane; pixel++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        int source = Math.min(channel, shape.channels() - 1);
        long level = Math.round(255 * values[source * plane + pixel]);
        rgb = rgb << 8 | (int) Math.max(0, Math.min(255, level));
      }
      picture.setRGB(pixel % shape.width(), pixel / shape.width(), rgb);
    }
    return picture;
  }
}
