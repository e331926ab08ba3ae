package io.github.smartaug.nn;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Safetensors;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights by the names of PyTorch, from a file that {@code torch.save(model.state_dict(), file)}
 * wrote (PyTorch 1.6 and newer), or a .safetensors file.
 *
 * <p>Of a file of {@code torch.save}, nothing is run: its pickle may name tensors, dictionaries,
 * lists, tuples, numbers and texts, and all else is refused by its name. A state dictionary under
 * {@code state_dict}, {@code model_state_dict} or {@code model} is found. A prefix that all names
 * have because the model was wrapped, {@code module.} of DataParallel or {@code _orig_mod.} of
 * torch.compile, is left out.
 *
 * @param file that it was read from
 * @param tensors by name, on the CPU, of the types of the file
 * @param remarks what was found where and what was left out, a sentence each
 */
public record StateDictionary(Path file, NamedTensors tensors, List<String> remarks) {
  private static final byte[] ZIP = {'P', 'K'};

  /** The number with which {@code torch.save} began files before 1.6, as a pickle. */
  private static final byte[] OLD = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9
  };

  private static final String TAR = "ustar";
  private static final int TAR_AT = 257;
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");
  private static final String SAFETENSORS = ".safetensors";

  /** Copies the remarks. */
  public StateDictionary {
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads a file.
   *
   * @return tensors in the current scope
   * @throws IllegalArgumentException if it is missing, damaged, of another kind, or holds anything
   *     else than tensors, containers, numbers and texts; the message names the file
   */
  public static StateDictionary read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + (Files.exists(file) ? ": not a regular file" : ": no such file"));
    }
    try (TensorScope scope = TensorScope.open()) {
      StateDictionary state =
          file.toString().endsWith(SAFETENSORS)
              ? new StateDictionary(file, Safetensors.read(file).tensors(), List.of())
              : ofTorchSave(file);
      StateDictionary plain = state.withoutPrefixes();
      scope.keep(plain.tensors());
      return plain;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static StateDictionary ofTorchSave(Path file) throws IOException {
    requireArchive(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      StateArchive.FoundState found = StateArchive.read(zip);
      return new StateDictionary(file, found.tensors(), found.remarks());
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          file + ": damaged or cut off, allowed: a whole file as torch.save wrote it", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static void requireArchive(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(TAR_AT + TAR.length());
    }
    if (begins(start, ZIP)) {
      return;
    }
    String tar =
        start.length < TAR_AT
            ? ""
            : new String(start, TAR_AT, start.length - TAR_AT, StandardCharsets.US_ASCII);
    if (begins(start, OLD) || tar.equals(TAR)) {
      throw new IllegalArgumentException(
          file
              + ": a file of torch.save before PyTorch 1.6, allowed: newer ones; convert it in"
              + " Python by torch.save(torch.load(\"old.pth\", map_location=\"cpu\"),"
              + " \"new.pth\")");
    }
    throw new IllegalArgumentException(
        file + ": no file of weights, allowed: one of torch.save (.pt, .pth) or .safetensors");
  }

  private static boolean begins(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private StateDictionary withoutPrefixes() {
    StateDictionary state = this;
    for (String prefix : PREFIXES) {
      state = state.without(prefix);
    }
    return state;
  }

  private StateDictionary without(String prefix) {
    if (tensors.isEmpty() || !tensors.names().stream().allMatch(name -> name.startsWith(prefix))) {
      return this;
    }
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.asMap().forEach((name, tensor) -> renamed.put(name.substring(prefix.length()), tensor));
    List<String> more = new ArrayList<>(remarks);
    more.add("the prefix \"" + prefix + "\" of all names is left out");
    return new StateDictionary(file, NamedTensors.of(renamed), more);
  }
}
