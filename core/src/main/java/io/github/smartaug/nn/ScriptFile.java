package io.github.smartaug.nn;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** With which a zip archive begins. */
  private static final byte[] ARCHIVE = {'P', 'K', 3, 4};

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
      requireBegins(file);
      check(zip, file);
    } catch (ZipException e) {
      throw new IllegalArgumentException(file + ": not a TorchScript file" + ALLOWED, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static void check(ZipFile zip, Path file) throws IOException {
    try {
      ScriptArchive.check(zip);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Something else in front might be what libtorch takes the file for. */
  private static void requireBegins(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(ARCHIVE.length), ARCHIVE)) {
        throw new IllegalArgumentException(file + ": not a TorchScript file" + ALLOWED);
      }
    }
  }
}
