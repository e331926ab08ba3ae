package io.github.smartaug.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Finds what a page names and the project does not have. */
final class PageCheck {
  /**
   * A type, perhaps with a member: {@code Policy}, {@code new Policy(...)}, {@code Policy.read}.
   */
  private static final Pattern TYPE =
      Pattern.compile("(?:new )?([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\(.*\\))?");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]*))?\\)");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  /** Words in capitals stand for what a user puts in their place. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*(\\b[A-Z]+\\b|\\.\\.\\.).*");

  /** Types of other libraries and languages that pages speak of. */
  private static final Set<String> FOREIGN =
      Set.of(
          "IllegalArgumentException",
          "ByteBuffer",
          "BufferedImage",
          "ImageOps",
          "ImageEnhance",
          "TrivialAugmentWide",
          "Rotate",
          "FlipLR",
          "TranslateX",
          "Normalize",
          "Tensor");

  /** The first column of tables with this heading names what is not ours. */
  private static final String ELSEWHERE = "| there |";

  /** Languages of blocks of which something is asked, here or by {@link DocumentationTest}. */
  private static final Set<String> LANGUAGES = Set.of("", "sh", "java", "xml", "python");

  private final Map<String, Path> sources;

  /** Sources of the examples without white space, so that pages may break lines as they like. */
  private final List<String> examples;

  private final Set<String> benchmarkOptions;

  /** For each option a command that has it. */
  private final Map<String, String> commandByOption = new HashMap<>();

  /** For the project as it is. */
  PageCheck() {
    Stream<Path> tests =
        Stream.of("core", "data", "run", "policy", "djl", "cli", "bench", "examples")
            .map(module -> ProjectFiles.ROOT.resolve(module).resolve("src/test/java"))
            .filter(Files::isDirectory)
            .flatMap(folder -> ProjectFiles.filesBelow(folder, ".java").stream());
    sources =
        Stream.concat(ProjectFiles.mainSources().stream(), tests)
            .collect(
                Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    file -> file,
                    (first, second) -> first));
    // A program with DJL is one of the tests of its module: its libtorch must not meet ours.
    examples =
        Stream.of("examples/src", "djl/src/test")
            .flatMap(
                folder ->
                    ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve(folder), ".java").stream())
            .map(ProjectFiles::text)
            .map(PageCheck::compact)
            .toList();
    benchmarkOptions =
        ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve("bench/src/main/java"), ".java").stream()
            .flatMap(file -> OPTION.matcher(ProjectFiles.text(file)).results())
            .map(match -> match.group())
            .collect(Collectors.toSet());
    addOptions("", Main.commandLine());
  }

  /** Of all commands of a group, and then of the groups within it. */
  private void addOptions(String group, CommandLine commands) {
    commands
        .getSubcommands()
        .forEach(
            (name, command) ->
                command
                    .getCommandSpec()
                    .optionsMap()
                    .keySet()
                    .forEach(option -> commandByOption.putIfAbsent(option, group + name)));
    commands.getSubcommands().forEach((name, command) -> addOptions(group + name + " ", command));
  }

  /**
   * All that is wrong with a page, one line each.
   *
   * @param folder in which it stands, for its links
   */
  List<String> problems(String page, Path folder) {
    Pages content = Pages.read(withoutNamesOfElsewhere(page));
    List<String> problems = new ArrayList<>();
    content.words().stream().flatMap(word -> typeProblem(word).stream()).forEach(problems::add);
    content.words().stream().flatMap(word -> optionProblem(word).stream()).forEach(problems::add);
    content.words().stream().flatMap(word -> fileProblem(word).stream()).forEach(problems::add);
    content.commands().stream().flatMap(this::commandProblems).forEach(problems::add);
    content.blocks().stream()
        .map(Pages.Block::language)
        .filter(language -> !LANGUAGES.contains(language))
        .forEach(language -> problems.add("nothing checks blocks of " + language));
    content.in("java").stream()
        .filter(block -> examples.stream().noneMatch(source -> source.contains(compact(block))))
        .forEach(block -> problems.add("in no example: " + block.lines().findFirst().orElse("")));
    LINK.matcher(page)
        .results()
        .flatMap(link -> linkProblem(link, page, folder).stream())
        .forEach(problems::add);
    return problems;
  }

  /** A link to a file, to a heading of a page, or to one of the page itself. */
  private static Optional<String> linkProblem(MatchResult link, String page, Path folder) {
    String target = link.group(1);
    String anchor = link.group(2);
    Path file = folder.resolve(target);
    if (!Files.exists(file)) {
      return Optional.of("no file " + target);
    }
    if (anchor == null || !(target.isEmpty() || target.endsWith(".md"))) {
      return Optional.empty();
    }
    String text = target.isEmpty() ? page : ProjectFiles.text(file);
    return text.lines().anyMatch(line -> line.startsWith("#") && anchor(line).equals(anchor))
        ? Optional.empty()
        : Optional.of("no heading " + target + "#" + anchor);
  }

  /** By which a heading is linked. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w\\s-]", "")
        .replaceAll("\\s", "-");
  }

  private static String withoutNamesOfElsewhere(String page) {
    StringBuilder ours = new StringBuilder();
    boolean elsewhere = false;
    for (String line : page.split("\n", -1)) {
      elsewhere = line.startsWith("|") && (elsewhere || line.startsWith(ELSEWHERE));
      ours.append(elsewhere ? line.replaceFirst("^\\|[^|]*\\|", "|") : line).append('\n');
    }
    return ours.toString();
  }

  private static String compact(String code) {
    return code.replaceAll("\\s+", "");
  }

  private Optional<String> typeProblem(String word) {
    Matcher match = TYPE.matcher(word);
    if (!match.matches() || FOREIGN.contains(match.group(1))) {
      return Optional.empty();
    }
    Path source = sources.get(match.group(1));
    if (source == null) {
      return Optional.of("no type " + match.group(1));
    }
    String member = match.group(2);
    return member == null
            || Pattern.compile("\\b" + member + "\\b").matcher(ProjectFiles.text(source)).find()
        ? Optional.empty()
        : Optional.of("no member " + match.group(1) + "." + member);
  }

  /** An option between back-quotes, with the alternatives of its value if there are any. */
  private Optional<String> optionProblem(String word) {
    Matcher match = Pattern.compile("(--[a-z-]+)(?: ([^ ]+))?").matcher(word);
    if (!match.matches()) {
      return Optional.empty();
    }
    String command = commandByOption.get(match.group(1));
    if (command == null) {
      return benchmarkOptions.contains(match.group(1))
          ? Optional.empty()
          : Optional.of("no option " + match.group(1));
    }
    if (match.group(2) == null || PLACEHOLDER.matcher(match.group(2)).matches()) {
      return Optional.empty();
    }
    return Arrays.stream(match.group(2).split("\\|", -1))
        .map(value -> List.of((command + " " + match.group(1) + " " + value).split(" ", -1)))
        .flatMap(words -> parseProblem(words).stream())
        .findFirst();
  }

  private static boolean isMade(String folder) {
    return ProjectFiles.text(ProjectFiles.ROOT.resolve(".gitignore"))
        .lines()
        .anyMatch(ignored -> ignored.replace("/", "").equals(folder));
  }

  /**
   * A path that begins with a folder of the project, and not with one that users' commands make.
   */
  private static Optional<String> fileProblem(String word) {
    boolean isPath = word.matches("[\\w.-]+(/[\\w.-]+)+");
    String first = word.replaceFirst("/.*", "");
    return isPath
            && Files.isDirectory(ProjectFiles.ROOT.resolve(first))
            && !isMade(first)
            && !Files.exists(ProjectFiles.ROOT.resolve(word))
        ? Optional.of("no file " + word)
        : Optional.empty();
  }

  /** A command may name alternatives for one of its values; each is tried. */
  private Stream<String> commandProblems(String command) {
    List<List<String>> commands = List.of(List.of());
    for (String word : command.split(" +", -1)) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> start : commands) {
        for (String value : word.split("\\|", -1)) {
          longer.add(Stream.concat(start.stream(), Stream.of(value)).toList());
        }
      }
      commands = longer;
    }
    return commands.stream().flatMap(words -> parseProblem(words).stream());
  }

  private static Optional<String> parseProblem(List<String> words) {
    CommandLine commandLine = Main.commandLine();
    try {
      commandLine.parseArgs(words.toArray(String[]::new));
      return Optional.empty();
    } catch (ParameterException e) {
      // An option is tried without what else its command needs.
      return words.size() == 3 && e instanceof MissingParameterException
          ? Optional.empty()
          : Optional.of("smartaug " + String.join(" ", words) + ": " + e.getMessage());
    }
  }
}
