package io.github.smartaug.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.file.Sha256;
import io.github.smartaug.input.JsonField;
import io.github.smartaug.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The files of one checkpoint. {@code tensors.safetensors} holds the tensors; {@code state.json}
 * holds the format and its version, everything else of the state, and SHA-256 hashes of both.
 */
record CheckpointFiles(Path folder) {
  private static final String FORMAT = "smartaug-checkpoint";

  /** Must be raised whenever a part of the saved state is added, removed or changed. */
  private static final int VERSION = 3;

  private static final String TENSORS_HASH = "tensors_sha256";
  private static final String STATE_HASH = "state_sha256";
  private static final String STATE = "state";

  /** The files are not as they were written. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(Path file, String what) {
      super(file + ": damaged checkpoint (" + what + ")");
    }
  }

  void write(Checkpoint checkpoint) throws IOException {
    Safetensors.write(tensorFile(), checkpoint.tensors(), Map.of());
    ObjectNode root = StateWriter.MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    root.put(TENSORS_HASH, Sha256.of(tensorFile()));
    root.put(STATE_HASH, Sha256.of(checkpoint.values().toString()));
    root.set(STATE, checkpoint.values());
    AtomicFile.write(
        stateFile(), StateWriter.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  /**
   * Reads and checks everything.
   *
   * @return in the caller's scope
   * @throws DamagedException if a file is missing, truncated, or changed
   * @throws IllegalArgumentException if the format has another version
   */
  Checkpoint read() throws DamagedException {
    try {
      JsonNode root = parsed(Files.readAllBytes(stateFile()));
      checkFormat(root);
      if (!(root.get(STATE) instanceof ObjectNode values)
          || !root.path(STATE_HASH).asText().equals(Sha256.of(values.toString()))) {
        throw new DamagedException(stateFile(), "its hash is not that of its content");
      }
      if (!root.path(TENSORS_HASH).asText().equals(Sha256.of(tensorFile()))) {
        throw new DamagedException(tensorFile(), "its hash is not that in state.json");
      }
      return new Checkpoint(Safetensors.read(tensorFile()).tensors(), values);
    } catch (IOException e) {
      throw new DamagedException(folder, "unreadable: " + FileFailure.reason(e));
    }
  }

  private JsonNode parsed(byte[] state) throws DamagedException {
    try {
      return JsonField.parse(state, "its text").value();
    } catch (IllegalArgumentException e) {
      throw new DamagedException(stateFile(), e.getMessage());
    }
  }

  private void checkFormat(JsonNode root) throws DamagedException {
    if (!root.path("format").asText().equals(FORMAT)) {
      throw new DamagedException(stateFile(), "no format \"" + FORMAT + "\"");
    }
    int version = root.path("version").asInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          stateFile()
              + ": version: "
              + version
              + ", allowed: "
              + VERSION
              + (version > VERSION
                  ? " (the checkpoint was written by a newer SmartAug)"
                  : " (the checkpoint was written by an older SmartAug, which alone can go on with it:"
                      + " the one that config.json of the run names)"));
    }
  }

  private Path tensorFile() {
    return folder.resolve("tensors.safetensors");
  }

  private Path stateFile() {
    return folder.resolve("state.json");
  }
}
