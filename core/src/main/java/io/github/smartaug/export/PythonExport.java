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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A policy as a Python file that applies it with a library of Python, and tests itself: against
 * what the transforms here make of an image under draws that the file holds.
 *
 * <p>With the same draws, results differ by less than {@value #TOLERANCE}. Transforms that draw
 * more than their value draw it from the library's random numbers.
 */
public final class PythonExport {
  /** Largest difference of a level, from 0 to 1, that the file's test of itself lets pass. */
  static final double TOLERANCE = 1e-3;

  /** Parts that templates have in common, which are put where a template names them. */
  private static final List<String> SHARED =
      List.of("shared_policy.py", "shared_torch.py", "shared_self_test.py");

  private final LearnablePolicy policy;
  private final TransformSet transforms;

  private PythonExport(LearnablePolicy policy) {
    this.policy = policy;
    this.transforms = policy.transforms();
  }

  /**
   * The content of the file.
   *
   * @param policy of one distribution for all classes
   * @param library that applies it
   * @param module name of the file without {@code .py}
   * @param version of SmartAug
   * @throws IllegalArgumentException if the policy has something that the file cannot do
   */
  public static String of(
      LearnablePolicy policy, PythonLibrary library, String module, String version) {
    return new PythonExport(policy).python(library, module, version);
  }

  /**
   * Checks the name of a file: it must not hide from Python a module that the file imports.
   *
   * @param library that applies the policy
   * @param module name of the file without {@code .py}
   * @throws IllegalArgumentException if it does
   */
  public static void requireFree(PythonLibrary library, String module) {
    Pattern imports = Pattern.compile("^import " + module + "\\b", Pattern.MULTILINE);
    if (imports.matcher(resource(library.template())).find()) {
      throw new IllegalArgumentException(
          module + ".py would hide the module " + module + ", allowed: another name");
    }
  }

  private String python(PythonLibrary library, String module, String version) {
    if (policy.usesClasses()) {
      throw new IllegalArgumentException(
          "a policy for each class, allowed: one for the images of all classes");
    }
    String template = resource(library.template());
    for (String part : SHARED) {
      template = template.replace("@" + part + "@", resource(part).stripTrailing());
    }
    ObjectNode json = json();
    ObjectNode conformance = new ConformanceVectors(policy).json();
    conformance.set("choices", ConformanceChoices.of(json));
    conformance.set("again", ConformanceChoices.ofOneAgainAndAgain(json));
    return template
        .replace("@version@", version)
        .replace("@module@", module)
        .replace("@tolerance@", Double.toString(TOLERANCE))
        .replace("@conformance@", conformance.toString())
        .replace("@policy@", json.toPrettyString());
  }

  private ObjectNode json() {
    Sampling sampling = transforms.sampling();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("length", policy.length());
    json.put("repeats", policy.options().repeats().toString());
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
    TransformType type = ExportedTransforms.type(named);
    MagnitudeRange range = ExportedTransforms.range(named);
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

  private static String resource(String name) {
    try (InputStream in = PythonExport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
