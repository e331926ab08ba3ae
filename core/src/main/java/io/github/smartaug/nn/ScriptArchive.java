package io.github.smartaug.nn;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks all entries of a TorchScript archive before libtorch sees it: libtorch compares no
 * checksums, does not distinguish upper and lower case in names, and reads beyond the end of an
 * entry that is shorter than its tensors.
 */
final class ScriptArchive {
  private static final Pattern TENSORS = Pattern.compile("([^/]*/)(data|constants)\\.pkl");
  private static final String SOURCES = ".debug_pkl";
  private static final String CODE = ".py";

  private ScriptArchive() {}

  /**
   * Checks an archive.
   *
   * @throws IllegalArgumentException that says what is wrong with which entry
   * @throws IOException if it cannot be read
   */
  static void check(ZipFile zip) throws IOException {
    ArchiveEntries archive = ArchiveEntries.checked(zip, "torch.jit.save");
    for (ZipEntry entry : archive.all()) {
      String name = ArchiveEntries.lowerCase(entry.getName());
      if (TENSORS.matcher(name).matches()) {
        archive.requireStorages(entry, archive.read(entry, ScriptPickle::read));
      } else if (name.endsWith(SOURCES)) {
        archive.read(entry, ScriptPickle::read);
      } else if (name.endsWith(CODE)) {
        archive.read(entry, ScriptArchive::checkedCode);
      }
    }
  }

  private static byte[] checkedCode(byte[] code) {
    ScriptCode.check(code);
    return code;
  }
}
