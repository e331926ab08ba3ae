package io.github.smartaug.augment;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.input.JsonField;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a policy file ({@code policy.json}): a policy, complete with the definitions of
 * its transforms, how it came to be what it is, and where it came from.
 *
 * <pre>{@code
 * {
 *   "format": "smartaug-policy", "version": 3, "kind": "independent",
 *   "length": 2, "temperature": 1.0, "temperature_learned": false,
 *   "probability_gradient": "loss-weight", "classes": 1, "penalty_weights": "probability",
 *   "repeats": "left-out",
 *   "probabilities_learned": true, "magnitudes_learned": true, "shared_magnitude": null,
 *   "transform_set": "inverse-scale-wide",
 *   "sampling": {"interpolation": "bilinear", "border": "zeros", "runs": "separate"},
 *   "transforms": [
 *     {"name": "Rotate", "function": "rotate", "param": {"min": null, "max": 180, ...},
 *      "logit": 1.3, "probability": 0.07, "magnitude": 0.62, "magnitude_learned": true,
 *      "straight_through": false}, ...],
 *   "history": [{"epoch": 0, "logits": [...], "magnitudes": [...], "temperature": 1.0}, ...],
 *   "provenance": {"smartaug": "0.1.0", ...}
 * }
 * }</pre>
 *
 * <p>{@code kind} is the word of a {@link LearnedPolicyType}: {@code independent}, {@code
 * sequence}, or one that was registered. All but {@code independent} have their logits in an array
 * {@code logits}, sequences in the order of {@link SequencePolicy}. With several {@code classes},
 * so are those of any policy, class by class, and {@code magnitudes} likewise. {@code
 * shared_magnitude} is the magnitude that all transforms share, or null. {@code probability} and
 * {@code magnitude_learned} follow from the rest and are not read. {@code straight_through} says
 * whether a transform without a true derivative has an estimate in its place ({@link
 * io.github.smartaug.transform.NamedTransform#withoutStraightThrough()}); where it is missing, it
 * has. {@code sampling} may be missing: {@link io.github.smartaug.transform.Sampling#DEFAULT}, and
 * {@code penalty_weights}: {@code probability}. {@code repeats} is {@code applied} in files before
 * version 3. Version 1 had independent policies alone, and no history.
 *
 * @param policy its tensors are in the scope in which the file was read
 * @param provenance free text by name: versions, data, options
 * @param history of the policy, from its start to its last epoch; may be empty
 */
public record PolicyFile(
    LearnablePolicy policy, Map<String, String> provenance, List<PolicySnapshot> history) {
  static final String FORMAT = "smartaug-policy";
  static final int VERSION = 3;

  static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Copies the map, in its order, and the list. */
  public PolicyFile {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    history = List.copyOf(history);
  }

  /** A policy without a history. */
  public PolicyFile(LearnablePolicy policy, Map<String, String> provenance) {
    this(policy, provenance, List.of());
  }

  /** The file that {@link #read(Path)} reads: of a folder that of its run, {@code policy.json}. */
  public static Path locate(Path fileOrRunFolder) {
    return Files.isDirectory(fileOrRunFolder)
        ? fileOrRunFolder.resolve("policy.json")
        : fileOrRunFolder;
  }

  /**
   * Reads a file.
   *
   * @param fileOrRunFolder a policy file, or the folder of a run that learned a policy
   * @return a policy of float32 tensors on the CPU, in the current scope
   * @throws IllegalArgumentException if there is no such file, or it is wrong; the message names
   *     the file and the field
   */
  public static PolicyFile read(Path fileOrRunFolder) {
    Path file = locate(fileOrRunFolder);
    String source = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(source + ": no such file");
    }
    try {
      return parse(Files.readString(file), source);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(source + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the content of a file, to its end; the reader stays open.
   *
   * @param source named in messages
   * @return as {@link #read(Path)}
   * @throws IllegalArgumentException if the content is wrong; the message names the field
   */
  public static PolicyFile read(Reader reader, String source) throws IOException {
    StringWriter json = new StringWriter();
    reader.transferTo(json);
    return parse(json.toString(), source);
  }

  /**
   * Reads the content of a file.
   *
   * @param json the content
   * @param source named in messages
   * @return as {@link #read(Path)}
   * @throws IllegalArgumentException if the content is wrong; the message names the field
   */
  public static PolicyFile parse(String json, String source) {
    return new PolicyReader(JsonField.parse(json, source)).read();
  }

  /** Writes the file, atomically. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, toJson());
  }

  /** Writes the content of the file; the writer stays open. */
  public void write(Writer writer) throws IOException {
    writer.write(toJson());
  }

  /** The content of the file; ends with a line break. */
  public String toJson() {
    return new PolicyWriter(this).toJson().toPrettyString() + "\n";
  }
}
