package io.github.smartaug.nn.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.Shapes;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The models against what Python computes with torchvision's, and with the wide ResNets of the
 * paper; {@code reference.py} beside the results wrote them.
 */
class TorchvisionTest {
  private static final int CLASSES = 10;

  /** Those without draws in training, whose masks Python's would not be. */
  private static final Map<String, Architecture.Builder> WITHOUT_DRAWS =
      Map.of(
          "vgg11_bn",
          new Vgg(List.of(1, 1, 2, 2, 2), Vgg.Normalization.BATCH, 0),
          "efficientnet_b0",
          new EfficientNet(1, 1, 0, 0, EfficientNet.Batch.USUAL),
          "efficientnet_b5",
          new EfficientNet(1.6, 2.2, 0, 0, EfficientNet.Batch.SLOW),
          "mobilenet_v2",
          new MobileNetV2(0),
          "convnext_tiny",
          new ConvNeXt(List.of(3, 3, 9, 3), 96, 0));

  static Stream<String> torchvisionModels() {
    Iterable<String> names = () -> reference("models").fieldNames();
    return StreamSupport.stream(names.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("torchvisionModels")
  void names_and_shapes_are_those_of_torchvision(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = type(name).create(new ImageShape(3, 224, 224), 1000);
      JsonNode expected = reference("models").get(name);
      assertThat(model.size().orElseThrow().parameters())
          .isEqualTo(expected.get("parameters").asLong());
      LayeredModel layered = (LayeredModel) model;
      List<String> lines = described(Shapes.parameters(layered));
      lines.addAll(described(layered.initialBuffers()));
      assertThat(sha256(String.join("\n", lines))).isEqualTo(expected.get("sha256").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "resnext50_32x4d",
        "densenet121",
        "efficientnet_b0",
        "mobilenet_v2",
        "convnext_tiny",
        "vit_b_16",
        "wrn_16_4"
      })
  void values_are_those_of_python(String name) {
    requireValuesOfPython(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg11_bn", "efficientnet_b5", "wrn_28_10"})
  @EnabledIfSystemProperty(named = "smartaug.zoo", matches = "all")
  void values_of_larger_ones_are_those_of_python(String name) {
    requireValuesOfPython(name);
  }

  private static void requireValuesOfPython(String name) {
    JsonNode expected = reference(name);
    int size = expected.get("size").asInt();
    try (TensorScope scope = TensorScope.open()) {
      Model model = model(name, new ImageShape(3, size, size));
      NamedTensors parameters = filled(model.initialParameters(RandomStream.seeded(1)));
      NamedTensors buffers = filled(model.initialBuffers());
      assertThat(described(parameters)).isEqualTo(texts(expected.get("parameters")));
      assertThat(described(buffers)).isEqualTo(texts(expected.get("buffers")));

      Tensor images = value("images", expected.get("images").asInt(), 3, size, size);
      requireLogits(model, images, parameters, buffers, expected.get("logits"));
      requireTraining(model, images, parameters, buffers, expected);
    }
  }

  private static void requireLogits(
      Model model, Tensor images, NamedTensors parameters, NamedTensors buffers, JsonNode rows) {
    Tensor logits =
        model
            .forward(
                images.to(ScalarType.Float),
                parameters.map((Tensor t) -> t.to(ScalarType.Float)),
                buffers.map((Tensor t) -> t.is_floating_point() ? t.to(ScalarType.Float) : t),
                Mode.evaluation())
            .logits();
    double[] expected =
        StreamSupport.stream(rows.spliterator(), false)
            .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(Tensors.toDoubles(logits)).containsExactly(expected, within(1e-4 * largest));
  }

  private static void requireTraining(
      Model model, Tensor images, NamedTensors values, NamedTensors buffers, JsonNode expected) {
    NamedTensors parameters = values.asLeaves();
    Model.Output output =
        model.forward(images, parameters, buffers, Mode.training(RandomStream.seeded(1)));
    Tensor loss = crossEntropy(output.logits());
    assertThat(Tensors.item(loss))
        .isCloseTo(expected.get("loss").asDouble(), within(1e-3 * Math.abs(Tensors.item(loss))));
    Tensors.gradients(loss, parameters)
        .asMap()
        .forEach((name, gradient) -> requireMeasured(name, gradient, expected.get("gradients")));
    output
        .buffers()
        .having(Tensor::is_floating_point)
        .asMap()
        .forEach((name, buffer) -> requireMeasured(name, buffer, expected.get("moved")));
  }

  /** Of the classes 0, 1, 2 and so on. */
  private static Tensor crossEntropy(Tensor logits) {
    int images = (int) logits.size(0);
    long[] labels = new long[images];
    Arrays.setAll(labels, i -> i % CLASSES);
    return Tensors.logSoftmax(logits, 1).gather(1, Tensors.of(labels, images, 1)).mean().neg();
  }

  /** Norm, and product with numbers by the formula, which a wrong sign or order would change. */
  private static void requireMeasured(String name, Tensor actual, JsonNode allExpected) {
    JsonNode expected = allExpected.get(name);
    double[] values = Tensors.toDoubles(actual);
    double[] others = uniform(name + ".probe", values.length);
    double norm = 0;
    double product = 0;
    for (int i = 0; i < values.length; i++) {
      norm += values[i] * values[i];
      product += values[i] * others[i];
    }
    double allowed = 1e-3 * expected.get(0).asDouble() + 1e-9;
    assertThat(Math.sqrt(norm)).as(name).isCloseTo(expected.get(0).asDouble(), within(allowed));
    assertThat(product).as(name).isCloseTo(expected.get(1).asDouble(), within(allowed));
  }

  private static Model model(String name, ImageShape input) {
    Architecture.Builder builder = WITHOUT_DRAWS.get(name);
    if (builder == null) {
      return type(name).create(input, CLASSES);
    }
    Layer network = builder.network(input, CLASSES);
    return new LayeredModel(input, CLASSES, MemoryFormat.CONTIGUOUS, network);
  }

  private static ModelType type(String torchvisionName) {
    String name = torchvisionName.replace('_', '-');
    return Zoo.entries().stream().filter(e -> e.isNamed(name)).findFirst().orElseThrow();
  }

  private static JsonNode reference(String name) {
    try (InputStream file = TorchvisionTest.class.getResourceAsStream("/zoo/" + name + ".json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> described(NamedTensors tensors) {
    List<String> lines = new ArrayList<>();
    tensors.asMap().forEach((name, t) -> lines.add(name + " " + Tensors.shapeText(t)));
    return lines;
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tensors with values by the formula; counters stay. */
  private static NamedTensors filled(NamedTensors tensors) {
    return tensors.map(
        (name, tensor) ->
            tensor.is_floating_point() ? value(name, tensor.shape()) : tensor.clone());
  }

  private static Tensor value(String name, long... shape) {
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    double[] values = uniform(name, count);
    float[] rounded = new float[count];
    for (int i = 0; i < count; i++) {
      rounded[i] = (float) scaled(name, values[i], count, shape[0]);
    }
    return Tensors.of(rounded, shape).to(ScalarType.Double);
  }

  private static double scaled(String name, double value, int count, long rows) {
    if (name.endsWith("bias") || name.endsWith("running_mean")) {
      return 0.1 * value;
    }
    if (count == rows) {
      return 1 + 0.2 * value;
    }
    return name.equals("images") ? value : Math.sqrt(3.0 * rows / count) * value;
  }

  /** Numbers in [-1, 1) that follow from a name. */
  private static double[] uniform(String name, int count) {
    CRC32 seed = new CRC32();
    seed.update(name.getBytes(UTF_8));
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      long x = (i * 2654435761L + seed.getValue()) & 0xFFFFFFFFL;
      x ^= x >> 16;
      x = (x * 0x45D9F3B) & 0xFFFFFFFFL;
      x ^= x >> 16;
      values[i] = x / 0x1p31 - 1.0;
    }
    return values;
  }
}
