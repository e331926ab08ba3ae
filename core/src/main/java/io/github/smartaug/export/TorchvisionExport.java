package io.github.smartaug.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.TransformSequence;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformType;
import io.github.smartaug.transform.Transforms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A policy as a Python file that applies it with torch and torchvision, and tests itself: against
 * what the transforms here make of an image under draws that the file holds.
 *
 * <p>With the same draws, results differ by less than {@value #TOLERANCE}. Transforms that draw
 * more than their value draw it from torch's random numbers.
 */
public final class TorchvisionExport {
  /** Largest difference of a level, from 0 to 1, that the file's test of itself lets pass. */
  static final double TOLERANCE = 1e-3;

  /** What the file can do. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "identity",
          "flip",
          "rotate",
          "translate",
          "shear",
          "brightness",
          "color",
          "contrast",
          "sharpness",
          "posterize",
          "solarize",
          "autocontrast",
          "equalize",
          "invert",
          "hue",
          "blur",
          "cutout",
          "soft-cutout",
          "erase",
          "soft-erase",
          "crop",
          "noise",
          "randblend");

  private final LearnablePolicy policy;
  private final TransformSet transforms;

  private TorchvisionExport(LearnablePolicy policy) {
    this.policy = policy;
    this.transforms = policy.transforms();
  }

  /**
   * The content of the file.
   *
   * @param policy of one distribution for all classes
   * @param module name of the file without {@code .py}
   * @param version of SmartAug
   * @throws IllegalArgumentException if the policy has something that the file cannot do
   */
  public static String of(LearnablePolicy policy, String module, String version) {
    return new TorchvisionExport(policy).python(module, version);
  }

  private String python(String module, String version) {
    if (policy.usesClasses()) {
      throw new IllegalArgumentException(
          "a policy for each class, allowed: one for the images of all classes");
    }
    return template()
        .replace("@version@", version)
        .replace("@module@", module)
        .replace("@tolerance@", Double.toString(TOLERANCE))
        .replace("@conformance@", new ConformanceVectors(policy).json().toString())
        .replace("@policy@", json().toPrettyString());
  }

  private ObjectNode json() {
    Sampling sampling = transforms.sampling();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("length", policy.length());
    json.put("interpolation", word(sampling.interpolation()));
    json.put("border", word(sampling.border()));
    json.put("compose_affine", sampling.runs() == Sampling.AffineChains.COMPOSED);
    ArrayNode all = json.putArray("transforms");
    double[] shares = policy.lossShares();
    double[] magnitudes = policy.magnitudes();
    for (int t = 0; t < transforms.size(); t++) {
      all.add(transform(transforms.transforms().get(t), shares[t], magnitudes[t]));
    }
    ArrayNode sequences = json.putArray("sequences");
    for (TransformSequence sequence : policy.likeliestSequences(Integer.MAX_VALUE)) {
      ObjectNode object = sequences.addObject().put("probability", sequence.probability());
      ArrayNode indices = object.putArray("transforms");
      sequence.transforms().forEach(name -> indices.add(transforms.names().indexOf(name)));
    }
    return json;
  }

  private static ObjectNode transform(NamedTransform named, double share, double magnitude) {
    TransformType type =
        Transforms.entryOf(named.transform())
            .filter(entry -> FUNCTIONS.contains(entry.function()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "transform \""
                            + named.name()
                            + "\": its function is not one of SmartAug's own, allowed: "
                            + String.join(", ", FUNCTIONS.stream().sorted().toList())));
    if (!(named.mapping() instanceof MagnitudeRange range)) {
      throw new IllegalArgumentException(
          "transform \"" + named.name() + "\": its values are not those of a MagnitudeRange");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", named.name());
    json.put("function", type.function());
    type.axis().ifPresent(axis -> json.put("axis", axis.name()));
    json.put("probability", share);
    json.put("magnitude", magnitude);
    json.put("min", range.min());
    json.put("max", range.max());
    json.put("scale", word(range.scale()));
    return json.put("unit", word(range.unit()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String template() {
    try (InputStream in = TorchvisionExport.class.getResourceAsStream("torchvision.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
