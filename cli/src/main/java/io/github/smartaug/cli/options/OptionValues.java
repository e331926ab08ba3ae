package io.github.smartaug.cli.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options of a training run with their names, as files have them: without hyphens. */
public final class OptionValues {
  /** Where a run takes place is not part of what it is. */
  private static final Set<String> NOT_RECORDED = Set.of("out", "force", "resume", "config");

  private final TrainOptions options;
  private final Map<String, OptionSpec> byName = new LinkedHashMap<>();

  /**
   * Options that were parsed.
   *
   * @param spec of the options alone
   */
  public OptionValues(TrainOptions options, CommandSpec spec) {
    this.options = options;
    spec.options().forEach(option -> byName.put(OptionNames.inFiles(option), option));
  }

  /**
   * Options from the words of a file; those that it lacks have their defaults.
   *
   * @param source names the file in messages
   * @throws IllegalArgumentException if there is no such option, or its value cannot be read
   */
  public static OptionValues parse(Map<String, String> words, String source) {
    TrainOptions options = new TrainOptions();
    CommandLine commandLine = OptionConverters.registerConverters(new CommandLine(options));
    OptionValues values = new OptionValues(options, commandLine.getCommandSpec());
    List<String> arguments = new ArrayList<>();
    words.forEach(
        (name, value) -> {
          values.requireKnown(commandLine.getCommandSpec(), name, source);
          if (!NOT_RECORDED.contains(name)) {
            arguments.add("--" + name + "=" + value);
          }
        });
    try {
      commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      String name =
          e.getArgSpec() instanceof OptionSpec option ? OptionNames.inFiles(option) + ": " : "";
      String what = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IllegalArgumentException(source + ": options." + name + what, e);
    }
    return values;
  }

  /**
   * The options that words of a command line give, by name, as a file has them.
   *
   * @param source names the file in messages
   * @throws IllegalArgumentException if there is no such option, or its value cannot be read
   */
  public static Map<String, String> given(List<String> words, String source) {
    TrainOptions options = new TrainOptions();
    CommandLine commandLine = OptionConverters.registerConverters(new CommandLine(options));
    try {
      ParseResult parsed = commandLine.parseArgs(words.toArray(String[]::new));
      return new OptionValues(options, commandLine.getCommandSpec()).given(parsed);
    } catch (ParameterException e) {
      String name =
          e.getArgSpec() instanceof OptionSpec option ? OptionNames.of(option) + ": " : "";
      String what = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IllegalArgumentException(source + ": " + name + what, e);
    }
  }

  /** The options that were given, by name, as a file has them. */
  public Map<String, String> given(ParseResult parsed) {
    Map<String, Object> values = all();
    Map<String, String> given = new LinkedHashMap<>();
    byName.forEach(
        (name, option) -> {
          if (parsed.hasMatchedOption(option) && values.get(name) != null) {
            given.put(name, values.get(name).toString());
          }
        });
    return given;
  }

  /** Aliases are known, too: files of earlier versions have them. */
  private void requireKnown(CommandSpec spec, String name, String source) {
    if (!spec.optionsMap().containsKey("--" + name)) {
      throw new IllegalArgumentException(
          source
              + ": options."
              + name
              + ": no such option, allowed: "
              + byName.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
  }

  /** The options themselves. */
  public TrainOptions options() {
    return options;
  }

  /**
   * {@link TrainOptions#check Checks} options that a file has.
   *
   * @param source names the file in messages
   * @throws IllegalArgumentException that names file and option
   */
  public void checkRecorded(String source) {
    try {
      options.check();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          source + ": options." + e.getMessage().replaceFirst("^--", ""), e);
    }
  }

  /** Takes the values of the named options from others. */
  public void replaceBy(OptionValues others, Collection<String> names) {
    names.forEach(name -> byName.get(name).setValue(others.byName.get(name).getValue()));
  }

  /** Takes the values of a preset, but not of the named options. */
  public void setUnless(Collection<String> names, Preset preset) {
    Map<String, String> words = preset.words();
    words.keySet().removeAll(names);
    replaceBy(parse(words, "--preset " + preset), words.keySet());
  }

  /** All values: numbers, flags, texts, or null for what is left out. */
  public Map<String, Object> all() {
    Map<String, Object> values = new LinkedHashMap<>();
    byName.forEach((name, option) -> values.put(name, plain(option.getValue())));
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Collection<?> several) {
      return several.isEmpty()
          ? null
          : several.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Enum<?> constant && constant.toString().equals(constant.name())) {
      return OptionConverters.of(constant);
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
