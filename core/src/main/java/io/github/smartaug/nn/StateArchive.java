package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.nn.PickledTensors.PickledTensor;
import io.github.smartaug.nn.PickledTensors.Storage;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads the tensors of an archive of {@code torch.save}, as it has written them since 1.6. */
final class StateArchive {
  private static final String PICKLE = "[^/]*/data\\.pkl";
  private static final String BYTE_ORDER = "byteorder";
  private static final String LITTLE = "little";
  private static final Map<String, ScalarType> TYPES =
      Map.of(
          "torch.DoubleStorage", ScalarType.Double,
          "torch.FloatStorage", ScalarType.Float,
          "torch.HalfStorage", ScalarType.Half,
          "torch.BFloat16Storage", ScalarType.BFloat16,
          "torch.LongStorage", ScalarType.Long,
          "torch.IntStorage", ScalarType.Int,
          "torch.CharStorage", ScalarType.Char,
          "torch.ByteStorage", ScalarType.Byte,
          "torch.BoolStorage", ScalarType.Bool);

  private final ArchiveEntries archive;
  private final String folder;

  private StateArchive(ArchiveEntries archive, String folder) {
    this.archive = archive;
    this.folder = folder;
  }

  /**
   * Reads the tensors of the state dictionary in an archive.
   *
   * @return what was found, its tensors in the current scope
   * @throws IllegalArgumentException that says what is wrong
   * @throws IOException if the archive cannot be read
   */
  static FoundState read(ZipFile zip) throws IOException {
    if (zip.stream().anyMatch(entry -> entry.getName().contains("/code/"))) {
      throw new IllegalArgumentException(
          "a TorchScript model, allowed: a state dictionary (torch.save(model.state_dict(),"
              + " \"weights.pt\") in Python)");
    }
    ArchiveEntries archive = ArchiveEntries.checked(zip, "torch.save");
    ZipEntry pickle = pickle(archive);
    StatePickle.Content content = archive.read(pickle, StatePickle::read);
    String folder = ArchiveEntries.folderOf(pickle);
    StateArchive state = new StateArchive(archive, folder);
    state.requireLittleEndian(pickle);
    archive.requireStorages(pickle, content.tensors());
    PickledState found = PickledState.in(content.value());
    return new FoundState(state.tensors(found.tensors()), found.remarks());
  }

  /**
   * The tensors of a state dictionary.
   *
   * @param remarks what a user should know about them, a sentence each
   */
  record FoundState(NamedTensors tensors, List<String> remarks) {}

  private static ZipEntry pickle(ArchiveEntries archive) {
    List<ZipEntry> pickles =
        archive.all().stream().filter(entry -> entry.getName().matches(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new IllegalArgumentException(
          "an archive with %d entries data.pkl, allowed: one, as torch.save writes it"
              .formatted(pickles.size()));
    }
    return pickles.get(0);
  }

  /** Archives of PyTorch before 2.1 do not say it. */
  private void requireLittleEndian(ZipEntry pickle) throws IOException {
    String name = pickle.getName();
    String order = name.substring(0, name.indexOf('/') + 1) + BYTE_ORDER;
    ZipEntry entry = archive.find(order).orElse(null);
    if (entry == null) {
      return;
    }
    String written =
        archive.read(entry, bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    if (!written.equals(LITTLE)) {
      throw new IllegalArgumentException(
          "byte order \"" + Excerpt.of(written) + "\", allowed: " + LITTLE);
    }
  }

  private NamedTensors tensors(Map<String, PickledTensor> pickled) throws IOException {
    Map<Storage, List<String>> namesByStorage = new LinkedHashMap<>();
    pickled.forEach(
        (name, tensor) ->
            namesByStorage.computeIfAbsent(tensor.storage(), key -> new ArrayList<>()).add(name));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    // The names first: the storages may be in another order.
    pickled.keySet().forEach(name -> tensors.put(name, null));
    for (Map.Entry<Storage, List<String>> entry : namesByStorage.entrySet()) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor storage = storage(entry.getKey(), entry.getValue().get(0));
        for (String name : entry.getValue()) {
          tensors.put(name, scope.keep(copy(storage, pickled.get(name))));
        }
      }
    }
    return NamedTensors.of(tensors);
  }

  private Tensor storage(Storage storage, String firstTensor) throws IOException {
    ScalarType type = TYPES.get(storage.type());
    String where = "tensor \"" + Excerpt.of(firstTensor) + "\"";
    if (type == null) {
      throw new IllegalArgumentException(
          "%s is of %s, allowed: %s"
              .formatted(where, storage.type(), TYPES.keySet().stream().sorted().toList()));
    }
    ZipEntry entry = archive.find(folder + storage.key()).orElse(null);
    if (entry == null) {
      return Tensors.read(InputStream.nullInputStream(), type, storage.elements(), where);
    }
    try (InputStream in = archive.open(entry)) {
      return Tensors.read(in, type, storage.elements(), where);
    }
  }

  /** Of a part of a storage that may have other tensors, too. */
  private static Tensor copy(Tensor storage, PickledTensor tensor) {
    return storage
        .as_strided(numbers(tensor.sizes()), numbers(tensor.strides()), at(tensor.offset()))
        .contiguous()
        .clone();
  }

  private static LongOptional at(long offset) {
    return new LongOptional(offset);
  }

  private static long[] numbers(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
