package io.github.smartaug.nn;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads and trains many copies of one model, in each of which something was changed that the
 * checksums do not show: bytes of the pickle, or words of the code.
 */
public final class MutatedScripts {
  private static final String PICKLE = "data.pkl";
  private static final int[] REPLACEMENTS = {0, 0xff, 'K', 'h', 't', 'R', 'J', 0x81};
  private static final String[] WORDS = {"0", "-1", "2147483647", "self", "None"};

  private final Path file;
  private final Map<String, byte[]> entries;
  private final RandomStream random = RandomStream.seeded(17);
  private int accepted;

  private MutatedScripts(Path file) throws IOException {
    this.file = file;
    this.entries = ScriptEntries.of(file);
  }

  /**
   * The last line that is printed is the number of copies that could be trained, or before it what
   * ended the process.
   */
  public static void main(String[] arguments) throws IOException {
    MutatedScripts scripts = new MutatedScripts(Path.of(arguments[0]));
    int copies = Integer.parseInt(arguments[1]);
    for (int i = 0; i < copies; i++) {
      scripts.tryOne(i % 4 == 3);
    }
    System.out.println(scripts.accepted + " accepted");
  }

  private void tryOne(boolean code) throws IOException {
    List<String> names = new ArrayList<>(entries.keySet());
    names.removeIf(name -> !name.endsWith(code ? ".py" : PICKLE));
    String name = names.get(random.nextInt(names.size()));
    byte[] content = entries.get(name);
    byte[] changed = code ? otherWord(content) : otherByte(content);
    ScriptEntries.write(file, entries, name, changed);
    System.out.println(name);
    try (TensorScope scope = TensorScope.open()) {
      train();
      accepted++;
    } catch (IllegalArgumentException | ScriptFailedException e) {
      if (e.getMessage().contains("\n")) {
        throw new IllegalStateException("several lines", e);
      }
    }
  }

  private byte[] otherByte(byte[] content) {
    byte[] changed = content.clone();
    int at = random.nextInt(content.length);
    boolean oneBit = random.nextBoolean();
    changed[at] =
        (byte)
            (oneBit
                ? content[at] ^ 1 << random.nextInt(Byte.SIZE)
                : REPLACEMENTS[random.nextInt(REPLACEMENTS.length)]);
    return changed;
  }

  private byte[] otherWord(byte[] content) {
    String[] words = new String(content, StandardCharsets.UTF_8).split("\\b");
    words[random.nextInt(words.length)] = WORDS[random.nextInt(WORDS.length)];
    return String.join("", words).getBytes(StandardCharsets.UTF_8);
  }

  private void train() {
    Model own = ScriptedModels.NORMALIZED.own();
    TorchScriptModel model =
        TorchScriptModel.read(file, own.input(), own.classes(), Devices.parse("cpu"));
    NamedTensors parameters = model.initialParameters(random).asLeaves();
    Tensor images = torch.rand(2, 3, 12, 12);
    Tensor logits =
        model.forward(images, parameters, model.initialBuffers(), Mode.training(random)).logits();
    Tensors.gradients(logits.log_softmax(1).square().mean(), parameters);
  }
}
