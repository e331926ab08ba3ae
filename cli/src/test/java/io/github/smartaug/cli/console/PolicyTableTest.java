package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.Reports;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTableTest {
  @Test
  void transforms_come_by_probability_with_bars_relative_to_the_first() {
    assertThat(PolicyTable.lines(Reports.learned(1, 1).policy(), Set.of("Rotate")))
        .containsExactly(
            "  transform  probability                   magnitude",
            "  FlipLR     75.00 % ####################     -",
            "  Rotate     25.00 % #######               0.50 ##########");
  }

  @Test
  void no_policy_has_no_table() {
    assertThat(PolicyTable.lines(List.of(), Set.of())).isEmpty();
  }
}
