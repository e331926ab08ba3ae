package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.data.InMemory;
import io.github.smartaug.data.LastBatch;
import io.github.smartaug.data.LoaderOptions;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.data.ShuffledBatches;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Images per second of the loader alone, and its share of training steps. */
@Command(
    name = "loader",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Images per second of the loader alone, and its share of a training step.",
      "",
      "held: batches of images of 3x32x32 in memory, as many as CIFAR-10 has. decode: JPEG files of"
          + " 500x375 decoded and resized to 224x224, in one thread; with -crop and -random-crop as"
          + " train --fit has it. djpeg: the same files decoded"
          + " by libjpeg-turbo's command, a process each, where it is installed. djpeg-strip: as many"
          + " of these pictures, one below the other in one file, decoded by one process, most of"
          + " whose time is decoding. streamed: batches of them by --loader-threads. step-MODEL: a"
          + " step of plain training on images of 3x32x32, to which the loader's share belongs."
    })
final class LoaderCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ImageShape SMALL = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int SIDE = 224;
  private static final int PHOTOS_IN_BATCH = 16;

  /** Images after which Java's compiler has made the decoder as fast as it gets. */
  private static final int WARM_UP_IMAGES = 800;

  private static final List<String> DJPEG = List.of("djpeg", "-outfile", "/dev/null");

  @Option(
      names = "--images",
      defaultValue = "50000",
      description = "Images in memory. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--photos",
      defaultValue = "64",
      description = "JPEG files. Default: ${DEFAULT-VALUE}.")
  private int photos;

  @Option(
      names = "--batch-size",
      defaultValue = "128",
      description = "Images of 3x32x32 in a batch. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "lenet,resnet18-3x3",
      description = "Networks whose steps are measured. Default: ${DEFAULT-VALUE}.")
  private List<String> models;

  @Option(
      names = "--loader-threads",
      defaultValue = "1",
      description = "Threads that decode the streamed batches. Default: ${DEFAULT-VALUE}.")
  private int loaderThreads;

  @Option(
      names = "--repeat",
      defaultValue = "11",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  /** A case with the number of images that it loads; 0 for a step of training. */
  private record Case(Measurement measurement, int images) {}

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    Path folder = Files.createTempDirectory("smartaug");
    List<TrainingLoop> loops = new ArrayList<>();
    try (TensorScope scope = TensorScope.open()) {
      Path classes = folder.resolve("classes");
      List<Path> files = GeneratedPhotos.write(classes, photos);
      List<Case> cases = new ArrayList<>();
      cases.add(batches("held", smallImages(), batchSize));
      for (ImageFit fit : ImageFit.values()) {
        cases.add(decoding(fit, files));
      }
      if (hasDjpeg(files.get(0))) {
        cases.add(new Case(new Measurement("djpeg", probe -> files.forEach(this::djpeg)), photos));
        int inStrip = Math.min(photos, GeneratedPhotos.MOST_IN_STRIP);
        Path strip = GeneratedPhotos.writeStrip(folder.resolve("strip.jpg"), inStrip);
        cases.add(new Case(new Measurement("djpeg-strip", probe -> djpeg(strip)), inStrip));
      }
      cases.add(batches("streamed", streamed(classes), PHOTOS_IN_BATCH));
      for (String model : models) {
        TrainingLoop loop = loop(model);
        loops.add(loop);
        cases.add(new Case(new Measurement("step-" + model, probe -> loop.step()), 0));
      }
      for (int i = 0; i < WARM_UP_IMAGES; i++) {
        ImageDecoder.decode(files.get(i % files.size()), Resizing.toSquare(SIDE));
      }
      Measurement.alternate(cases.stream().map(Case::measurement).toList(), 3, repeat);
      print(cases);
    } finally {
      loops.forEach(TrainingLoop::close);
      GeneratedPhotos.delete(folder);
    }
    return 0;
  }

  private ImageDataset smallImages() {
    RandomStream random = RandomStream.seeded(1);
    byte[][] pixels = new byte[images][SMALL.channels() * SMALL.height() * SMALL.width()];
    for (byte[] image : pixels) {
      random.nextBytes(image);
    }
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    return ImageDataset.of(SMALL, classes, pixels, random.ints(images, 0, CLASSES).toArray());
  }

  private ImageDataset streamed(Path folder) {
    // Nothing ahead of time, which would be decoded while other cases are measured.
    LoaderOptions options = new LoaderOptions(InMemory.NEVER, loaderThreads, 0);
    return Datasets.load(folder.toString(), Resizing.toSquare(SIDE), BadImages.REFUSE, options)
        .training();
  }

  /** An epoch after another, a batch each time. */
  private static Case batches(String name, ImageDataset images, int batchSize) {
    BatchSource source = new ShuffledBatches(images, batchSize, 1, "bench", LastBatch.DROP);
    long[] next = {0};
    return new Case(
        new Measurement(
            name,
            probe -> {
              try (TensorScope scope = TensorScope.open()) {
                Tensor loaded =
                    source
                        .batch(next[0] / source.batches(), (int) (next[0] % source.batches()))
                        .images();
                if (loaded.size(0) > 0) {
                  next[0]++;
                }
              }
            }),
        Math.min(batchSize, images.size()));
  }

  private Case decoding(ImageFit fit, List<Path> files) {
    String name = fit == ImageFit.SQUASH ? "decode" : "decode-" + fit;
    Resizing resizing = fit.to(SIDE);
    RandomStream random = RandomStream.seeded(1);
    return new Case(
        new Measurement(
            name,
            probe -> {
              for (Path file : files) {
                ImageDecoder.decode(file, resizing.forTraining(random));
                random.nextLong();
              }
            }),
        photos);
  }

  private static boolean hasDjpeg(Path file) {
    try {
      return exitCode(file) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void djpeg(Path file) {
    try {
      exitCode(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int exitCode(Path file) throws IOException {
    List<String> command = new ArrayList<>(DJPEG);
    command.add(file.toString());
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private TrainingLoop loop(String model) {
    RandomStream random = RandomStream.seeded(1);
    Model network = Models.create(model, SMALL, CLASSES);
    return new SmartAugLoop(
        network,
        network.initialParameters(random),
        RandomImages.batch(SMALL, CLASSES, batchSize, random),
        RandomImages.normalization(SMALL));
  }

  private void print(List<Case> cases) throws IOException {
    for (Case one : cases) {
      Measurement measurement = one.measurement();
      ObjectNode line =
          JSON.createObjectNode().put("benchmark", "loader").put("case", measurement.name());
      if (one.images() > 0) {
        line.put("images_per_second", Math.round(one.images() / measurement.median()));
      }
      System.out.println(
          JSON.writeValueAsString(
              line.put("median_seconds", measurement.median())
                  .put("min_seconds", measurement.min())
                  .put("max_seconds", measurement.max())));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "loader");
    ObjectNode summary = last.putObject("summary");
    summary.put("threads", TorchRuntime.threads()).put("loader_threads", loaderThreads);
    double held = measured(cases, "held").orElseThrow().median();
    for (String floor : List.of("djpeg", "djpeg-strip")) {
      putRatio(cases, floor, summary);
    }
    for (String model : models) {
      double step = measured(cases, "step-" + model).orElseThrow().median();
      summary.put("share_of_" + model, Measurement.rounded(held / (held + step)));
    }
    System.out.println(JSON.writeValueAsString(last));
  }

  /** How many images are decoded and resized in the time that the command decodes one in. */
  private static void putRatio(List<Case> cases, String floor, ObjectNode summary) {
    Optional<Double> perImage = secondsPerImage(cases, floor);
    if (perImage.isEmpty()) {
      summary.put(floor, "not installed");
      return;
    }
    double decode = secondsPerImage(cases, "decode").orElseThrow();
    summary.put(
        "decode_to_" + floor.replace('-', '_'), Measurement.rounded(perImage.get() / decode));
  }

  private static Optional<Double> secondsPerImage(List<Case> cases, String name) {
    return cases.stream()
        .filter(one -> one.measurement().name().equals(name))
        .map(one -> one.measurement().median() / one.images())
        .findFirst();
  }

  private static Optional<Measurement> measured(List<Case> cases, String name) {
    return cases.stream()
        .map(Case::measurement)
        .filter(measurement -> measurement.name().equals(name))
        .findFirst();
  }
}
