package io.github.smartaug.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lines_end_in_any_of_the_usual_ways_and_are_counted(String end) {
    String text = String.join(end, "a,b", "", "\"c\",", "\"x" + end + "y\",z", "last,one");

    assertThat(CsvRecords.all(text))
        .extracting(CsvRecords.Line::line, CsvRecords.Line::fields)
        .containsExactly(
            tuple(1, List.of("a", "b")),
            tuple(3, List.of("c", "")),
            tuple(4, List.of("x" + end + "y", "z")),
            tuple(6, List.of("last", "one")));
  }

  @Test
  void a_mark_of_the_byte_order_is_no_part_of_the_first_field() {
    assertThat(CsvRecords.all("\uFEFFa,b").get(0).fields()).containsExactly("a", "b");
  }

  @Test
  void quotes_that_are_wrong_are_refused_with_the_line_of_their_record() {
    assertRefused("a\n\"b\nc", "line 2 has a quote that is never closed");
    assertRefused("\"a\nb\",c\n\"x\"y", "line 3 has text after a quote");
    assertRefused("a\nb\"c", "line 2 has a quote within a field");
  }

  private static void assertRefused(String text, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CsvRecords.all(text))
        .withMessageStartingWith(wrong + ", allowed: ");
  }
}
