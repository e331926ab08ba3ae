package io.github.smartaug.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.policy.AugmentationPolicy;
import io.github.smartaug.policy.DrawStream;
import io.github.smartaug.policy.ImageDraw;
import io.github.smartaug.policy.PixelFormat;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.Transforms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Images per second through policies in plain Java and in libtorch. */
@Command(
    name = "policy-speed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Images per second through policies in plain Java and in libtorch.",
      "",
      "One thread each, the same draws; plain Java is smartaug-policy. Policies of one transform, and a whole one of two in turn."
          + " libtorch has the images as one batch of tensors. Java has them as arrays, float planar"
          + " and bytes interleaved, one by one, and copies, checks and rounds them. A ratio of 2 is"
          + " twice as fast as libtorch; times are those that the thread ran."
    })
final class PolicySpeed implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PURPOSE = "policy-speed";

  /** Largest values in each transform's own unit; 1 for others. */
  private static final Map<String, Double> VALUES =
      Map.ofEntries(
          Map.entry("rotate", 30.0),
          Map.entry("translate-x", 30.0),
          Map.entry("translate-y", 30.0),
          Map.entry("posterize", 8.0),
          Map.entry("cutout", 60.0),
          Map.entry("soft-cutout", 60.0),
          Map.entry("erase", 60.0),
          Map.entry("soft-erase", 60.0),
          Map.entry("crop", 28.0),
          Map.entry("blur", 2.0));

  @Option(
      names = "--images",
      defaultValue = "8",
      description = "Images that are augmented in one measurement. Default: ${DEFAULT-VALUE}.")
  private int images;

  @Option(
      names = "--size",
      defaultValue = "224",
      description = "Height and width of the images, 3 channels. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--repeat",
      defaultValue = "15",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Rounds before the first measurement. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  private final List<float[]> floats = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();

  /** One policy in three ways. */
  private record Compared(Measurement libtorch, Measurement floats, Measurement bytes) {}

  @Override
  public Integer call() throws IOException {
    TorchRuntime.setThreads(1);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor batch = makeImages();
      List<Compared> all = new ArrayList<>();
      for (String name : Transforms.names()) {
        TransformSet set = TransformSet.of(name, named(name));
        all.add(compared(name, set, 1, batch));
      }
      all.add(compared("whole policy", TransformSets.named("everything"), 2, batch));
      Measurement.alternate(
          all.stream()
              .flatMap(one -> List.of(one.libtorch, one.floats, one.bytes).stream())
              .toList(),
          warmUp,
          repeat);
      print(all);
    }
    return 0;
  }

  private Tensor makeImages() {
    RandomStream random = RandomStream.seeded(1);
    int numbers = 3 * size * size;
    float[] whole = new float[images * numbers];
    for (int i = 0; i < images; i++) {
      byte[] levels = new byte[numbers];
      random.nextBytes(levels);
      float[] pixels = new float[numbers];
      for (int n = 0; n < numbers; n++) {
        pixels[n] = (levels[n] & 0xFF) / 255f;
      }
      System.arraycopy(pixels, 0, whole, i * numbers, numbers);
      floats.add(pixels);
      bytes.add(levels);
    }
    return Tensors.of(whole, images, 3, size, size);
  }

  private static NamedTransform named(String name) {
    Transform transform = Transforms.named(name);
    return transform.usesValue()
        ? new NamedTransform(
            name, transform, MagnitudeRange.direct(0, VALUES.getOrDefault(name, 1.0)))
        : new NamedTransform(name, transform);
  }

  private Compared compared(String name, TransformSet set, int length, Tensor batch)
      throws IOException {
    IndependentPolicy library = IndependentPolicy.initial(set, PolicyOptions.learned(length));
    byte[] file = new PolicyFile(library, Map.of()).toJson().getBytes(UTF_8);
    AugmentationPolicy own = AugmentationPolicy.read(new ByteArrayInputStream(file), name);
    Draws draws = library.draw(images, RandomStream.of(1, PURPOSE));
    List<ImageDraw> ownDraws = own.draw(images, DrawStream.of(1, PURPOSE));
    PixelFormat planar = PixelFormat.planar(3, size, size);
    PixelFormat interleaved = PixelFormat.interleaved(size, size, 3);
    return new Compared(
        new Measurement(
            name,
            probe -> {
              try (TensorScope scope = TensorScope.open()) {
                library.apply(batch, draws);
              }
            }),
        new Measurement(
            name,
            probe -> {
              for (int i = 0; i < images; i++) {
                own.apply(floats.get(i), planar, ownDraws.get(i));
              }
            }),
        new Measurement(
            name,
            probe -> {
              for (int i = 0; i < images; i++) {
                own.apply(bytes.get(i), interleaved, ownDraws.get(i));
              }
            }));
  }

  private void print(List<Compared> all) throws IOException {
    Compared slowest = all.get(0);
    for (Compared one : all) {
      slowest = ratio(one, one.floats) < ratio(slowest, slowest.floats) ? one : slowest;
      ObjectNode line = JSON.createObjectNode().put("benchmark", PURPOSE);
      line.put("case", one.libtorch.name());
      line.put("libtorch_images_per_second", perSecond(one.libtorch));
      line.put("java_images_per_second", perSecond(one.floats));
      line.put("java_bytes_images_per_second", perSecond(one.bytes));
      line.put("speed_ratio", Measurement.rounded(ratio(one, one.floats)));
      line.put("speed_ratio_bytes", Measurement.rounded(ratio(one, one.bytes)));
      System.out.println(JSON.writeValueAsString(line));
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", PURPOSE);
    last.putObject("summary")
        .put("images", images)
        .put("size", size)
        .put("threads", 1)
        .put("smallest_speed_ratio", Measurement.rounded(ratio(slowest, slowest.floats)))
        .put("of", slowest.libtorch.name());
    System.out.println(JSON.writeValueAsString(last));
  }

  private static double ratio(Compared one, Measurement own) {
    return one.libtorch.medianThreadSeconds() / own.medianThreadSeconds();
  }

  private long perSecond(Measurement measurement) {
    return Math.round(images / measurement.medianThreadSeconds());
  }
}
