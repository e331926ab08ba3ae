package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema of policy files. */
class PolicySchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(ProjectFiles.text(ProjectFiles.ROOT.resolve("docs/policy.schema.json")));

  private static Set<ValidationMessage> complaints(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  private static String json(LearnablePolicy policy) {
    return new PolicyFile(policy, Map.of("dataset", "photos"), List.of(policy.snapshot(0)))
        .toJson();
  }

  @Test
  void every_kind_of_policy_is_as_the_schema_says() {
    TransformSet set = TransformSets.named("everything");
    try (TensorScope scope = TensorScope.open()) {
      for (PolicyOptions options :
          List.of(
              PolicyOptions.builder().build(),
              PolicyOptions.builder().classes(3).build(),
              PolicyOptions.builder().sharing(PolicyOptions.MagnitudeSharing.SHARED).build(),
              PolicyOptions.builder()
                  .probabilityGradient(ProbabilityGradient.LOSS_WEIGHT)
                  .penaltyWeights(PolicyOptions.PenaltyWeights.EQUAL)
                  .repeats(PolicyOptions.Repeats.LEFT_OUT)
                  .build())) {
        assertThat(complaints(json(IndependentPolicy.initial(set, options)))).isEmpty();
      }
      assertThat(complaints(json(SequencePolicy.initial(set, PolicyOptions.builder().build()))))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"smartaug-policy\"      | \"policy\"",
        "\"classes\" : 1          | \"classes\" : 0",
        "\"temperature\" : 1.0    | \"temperature\" : -1.0",
        "\"border\" : \"zeros\"   | \"border\" : \"white\"",
        "\"function\" :           | \"fonction\" :",
        "\"repeats\" : \"applied\" | \"repeats\" : \"twice\"",
        "\"axis\" : \"X\"         | \"axis\" : \"Z\"",
        "\"dataset\" : \"photos\" | \"dataset\" : 3"
      })
  void what_the_library_refuses_the_schema_refuses(String right, String wrong) {
    try (TensorScope scope = TensorScope.open()) {
      String json =
          json(
              IndependentPolicy.initial(
                  TransformSets.named("everything"), PolicyOptions.builder().build()));
      assertThat(json).contains(right);

      assertThat(complaints(json.replace(right, wrong))).isNotEmpty();
    }
  }
}
