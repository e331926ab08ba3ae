package io.github.smartaug.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options of a run as its {@code config.json} has them. */
public final class RecordedOptions {
  private RecordedOptions() {}

  /**
   * Options with these values, and defaults for the others.
   *
   * @param values as text by the options' names without hyphens; those of unknown options are
   *     ignored
   * @param source for messages
   * @throws IllegalArgumentException if a value is not one of its option
   */
  public static TrainOptions parse(Map<String, String> values, String source) {
    Holder holder = new Holder();
    CommandLine commandLine = OptionConverters.registerConverters(new CommandLine(holder));
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      String value =
          Stream.of(option.names())
              .map(name -> values.get(OptionNames.withoutHyphens(name)))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      if (value != null && (option.arity().max() > 0 || Boolean.parseBoolean(value))) {
        arguments.add(
            option.arity().max() > 0
                ? OptionNames.of(option) + "=" + value
                : OptionNames.of(option));
      }
    }
    try {
      commandLine.parseArgs(arguments.toArray(String[]::new));
      holder.options.check();
    } catch (ParameterException e) {
      throw new IllegalArgumentException(source + ": " + message(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
    return holder.options;
  }

  /** As on the command line. */
  private static String message(ParameterException error) {
    return error.getArgSpec() instanceof OptionSpec option
            && error.getCause() instanceof TypeConversionException conversion
        ? OptionNames.of(option) + ": " + conversion.getMessage()
        : error.getMessage();
  }

  @Command(name = "recorded")
  private static final class Holder {
    @Mixin private final TrainOptions options = new TrainOptions();
  }
}
