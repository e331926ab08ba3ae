package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptCodeTest {
  static Stream<String> nested() {
    return Stream.of(
        "return " + "(".repeat(201) + "x" + ")".repeat(201),
        "y : " + "List[".repeat(201) + "int" + "]".repeat(201) + " = x",
        "return " + "-".repeat(1001) + "x",
        "return x" + " + x".repeat(1001),
        "return (x" + "\n + x".repeat(1001) + ")",
        "return " + "not ".repeat(1001) + "x",
        "return " + "x if y else ".repeat(501) + "x",
        "return \"a \\\" b\" " + "+x".repeat(1001),
        IntStream.range(0, 201)
            .mapToObj(depth -> "  ".repeat(depth) + "if x:\n")
            .collect(Collectors.joining()));
  }

  @ParameterizedTest
  @MethodSource("nested")
  void what_is_nested_without_end_is_refused(String code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check(code))
        .withMessageMatching("has (brackets|expressions|blocks) nested more than [0-9]+ deep");
  }

  @Test
  void long_code_is_not_nested() {
    assertThatCode(
            () -> {
              check("  y = [" + "1, ".repeat(100_000) + "]\n");
              check("  y = x + -x * (x - 1)\n".repeat(100_000));
              check("  raise Exception(\"" + "(".repeat(1000) + "\")\n");
              check("  y = x  # " + "[+".repeat(10_000) + "\n");
            })
        .doesNotThrowAnyException();
  }

  private static void check(String code) {
    ScriptCode.check(code.getBytes(StandardCharsets.UTF_8));
  }
}
