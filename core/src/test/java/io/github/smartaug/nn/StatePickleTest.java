package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatePickleTest {
  /** Pickles with protocol 2 at the start; what follows is in letters, or in numbers after a #. */
  private static byte[] pickle(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x80);
    bytes.write(2);
    for (String word : text.split(" ", -1)) {
      if (word.startsWith("#")) {
        bytes.write(Integer.parseInt(word.substring(1), 16));
      } else {
        bytes.writeBytes(word.replace('$', '\n').getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cos$system$ .                     | uses os.system, which is no tensor",
        "c__builtin__$eval$ .              | uses __builtin__.eval, which is no tensor",
        "ctorch._utils$_rebuild_tensor$ .  | uses torch._utils._rebuild_tensor, which is no tensor",
        "ctorch.jit._pickle$build_intlist$ . | uses torch.jit._pickle.build_intlist, which is",
        "ccollections$OrderedDict$ N #85 R . | calls collections.OrderedDict with values",
        "ctorch._utils$_rebuild_tensor_v2$ N #85 R . | calls torch._utils._rebuild_tensor_v2 with",
        "ctorch._utils$_rebuild_parameter$ N N N #87 R . | calls torch._utils._rebuild_parameter",
        "ctorch$FloatStorage$ ) R .        | calls torch.FloatStorage",
        "ctorch$FloatStorage$ ) #81 .      | makes an object of a class",
        "] } b .                           | gives attributes to what is no dictionary",
        "N ) R .                           | calls what is no function",
        "} q #0 K #1 h #0 s .              | adds to what is complete",
        "} q #0 } h #0 N s                 | is cut off",
        "#8a #9                            | has a number of 9 bytes",
        "I1$ .                             | has the operation 0x49, which torch.save does not",
        "N                                 | is cut off",
      })
  void what_is_no_state_is_refused_and_nothing_is_run(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatePickle.read(pickle(text)))
        .withMessageStartingWith(message);
  }

  @Test
  void nesting_without_end_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatePickle.read(pickle("N" + " #85".repeat(300) + " .")))
        .withMessageStartingWith("has values more than 200 deep");
  }
}
