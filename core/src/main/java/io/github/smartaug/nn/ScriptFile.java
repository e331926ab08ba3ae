package io.github.smartaug.nn;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.input.Excerpt;
import io.github.smartaug.tensor.TensorScope;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.global.torch;

/** Files that {@code torch.jit.save} writes: zip archives with code and tensors. */
final class ScriptFile {
  private static final String ALLOWED =
      ", allowed: what torch.jit.script(model).save(\"model.pt\") writes in Python";

  private static final String PICKLE = ".pkl";

  private ScriptFile() {}

  /**
   * Reads a module.
   *
   * @param device to which its tensors are brought, wherever they were
   * @return in the current scope
   * @throws IllegalArgumentException if the file is not of this kind, or damaged
   */
  static JitModule read(Path file, Device device) {
    requireScript(file);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(torch.load(file.toString(), new DeviceOptional(device), false));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file + ": cannot be read: " + ScriptFailedException.reason(e), e);
    }
  }

  private static void requireScript(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + (Files.exists(file) ? ": not a regular file" : ": no such file"));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      boolean hasCode = zip.stream().anyMatch(entry -> entry.getName().contains("/code/"));
      boolean isPickle = zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"));
      if (!hasCode) {
        throw new IllegalArgumentException(
            file
                + (isPickle
                    ? ": holds weights or objects without code (torch.save), not TorchScript"
                    : ": not a TorchScript file")
                + ALLOWED);
      }
      requireStorages(zip, file);
    } catch (ZipException e) {
      throw new IllegalArgumentException(file + ": not a TorchScript file" + ALLOWED, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  /** libtorch ends the process over an entry that is shorter than the pickle says. */
  private static void requireStorages(ZipFile zip, Path file) throws IOException {
    for (ZipEntry pickle : zip.stream().filter(entry -> isPickle(entry.getName())).toList()) {
      String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      for (Map.Entry<String, Long> storage : storages(zip, pickle, file).entrySet()) {
        String name = folder + "/" + storage.getKey();
        ZipEntry entry = zip.getEntry(name);
        long size = entry == null ? 0 : entry.getSize();
        if (size < storage.getValue()) {
          throw new IllegalArgumentException(
              "%s: damaged, entry %s has %d bytes, allowed: at least %d"
                  .formatted(file, Excerpt.of(name), size, storage.getValue()));
        }
      }
    }
  }

  /** Whether it holds the module ({@code NAME/data.pkl}) or its constants. */
  private static boolean isPickle(String entry) {
    return entry.matches("[^/]*/(data|constants)" + Pattern.quote(PICKLE));
  }

  private static Map<String, Long> storages(ZipFile zip, ZipEntry pickle, Path file)
      throws IOException {
    try (InputStream in = zip.getInputStream(pickle)) {
      return ScriptStorages.in(in.readAllBytes());
    } catch (EOFException e) {
      throw new IllegalArgumentException(file + ": damaged, its pickle is cut off" + ALLOWED, e);
    } catch (ZipException e) {
      throw new IllegalArgumentException(file + ": damaged, " + e.getMessage() + ALLOWED, e);
    }
  }
}
