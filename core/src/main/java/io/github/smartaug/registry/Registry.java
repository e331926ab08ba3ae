package io.github.smartaug.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything of one kind that has a name. It holds, in this order,
 *
 * <ul>
 *   <li>what is built in: one row in a list;
 *   <li>what jars on the class path add: classes with a public constructor without arguments, named
 *       in {@code META-INF/services/TYPE}, as {@link ServiceLoader} reads it;
 *   <li>what programs {@link #register}.
 * </ul>
 *
 * <p>Safe for use by several threads.
 *
 * @param <E> type of the entries
 */
public final class Registry<E extends Registered> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

  private final String kind;
  private final Class<E> type;
  private final List<E> builtIn;
  private final EntryRule<E> rule;

  /** All entries, read when they are first asked for; replaced as a whole, never changed. */
  private volatile List<E> entries;

  /**
   * What a new entry must fulfil, beyond having a name of its own.
   *
   * @param <E> type of the entries
   */
  @FunctionalInterface
  public interface EntryRule<E> {
    /**
     * Compares a new entry with those there are.
     *
     * @throws IllegalArgumentException if it cannot stand beside them
     */
    void check(E entry, List<E> known);
  }

  /**
   * A registry.
   *
   * @param kind what the entries are, for messages, such as {@code model}
   * @param type of the entries, which names the file in {@code META-INF/services}
   * @param builtIn rows that are always there
   */
  public Registry(String kind, Class<E> type, List<E> builtIn) {
    this(kind, type, builtIn, (entry, known) -> {});
  }

  /** A registry whose entries follow a rule of their own. */
  public Registry(String kind, Class<E> type, List<E> builtIn, EntryRule<E> rule) {
    this.kind = kind;
    this.type = type;
    this.builtIn = List.copyOf(builtIn);
    this.rule = rule;
  }

  /** All entries. */
  public List<E> entries() {
    List<E> known = entries;
    return known == null ? load() : known;
  }

  private synchronized List<E> load() {
    if (entries == null) {
      List<E> known = new ArrayList<>();
      builtIn.forEach(entry -> add(entry, known));
      services().forEach(entry -> addService(entry, known));
      entries = List.copyOf(known);
    }
    return entries;
  }

  private void add(E entry, List<E> known) {
    requireNew(entry, known);
    known.add(entry);
  }

  private void addService(E entry, List<E> known) {
    try {
      add(entry, known);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          servicesFile() + ": " + entry.getClass().getName() + ": " + e.getMessage(), e);
    }
  }

  private String servicesFile() {
    return "META-INF/services/" + type.getName();
  }

  private List<E> services() {
    try {
      return ServiceLoader.load(type, type.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(
          servicesFile()
              + e.getMessage().substring(type.getName().length())
              + ", allowed: names of classes with a public constructor without arguments",
          e);
    }
  }

  /** The names of all entries, in their order. */
  public List<String> names() {
    return entries().stream().map(Registered::name).toList();
  }

  /** The entry of that name or alias, if there is one. */
  public Optional<E> find(String name) {
    return entries().stream().filter(entry -> entry.isNamed(name)).findFirst();
  }

  /**
   * The entry of that name or alias.
   *
   * @throws IllegalArgumentException if there is none
   */
  public E named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    kind + ": \"" + name + "\", allowed: " + String.join(", ", names())));
  }

  /**
   * Adds an entry, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken, or not a name
   */
  public synchronized void register(E entry) {
    List<E> known = new ArrayList<>(entries());
    add(entry, known);
    entries = List.copyOf(known);
  }

  /**
   * Takes back an entry that was {@link #register registered}, or that a jar added.
   *
   * @throws IllegalArgumentException if there is none, or it is built in
   */
  public synchronized void unregister(String name) {
    E entry = named(name);
    if (builtIn.contains(entry)) {
      throw new IllegalArgumentException(
          kind + ": \"" + name + "\" is built in, allowed: one that was registered");
    }
    entries = entries().stream().filter(other -> other != entry).toList();
  }

  private void requireNew(E entry, List<E> known) {
    Set<String> taken = new HashSet<>();
    for (E other : known) {
      taken.add(other.name());
      taken.addAll(other.aliases());
    }
    for (String name : (Iterable<String>) names(entry)::iterator) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            kind
                + ": the name \""
                + name
                + "\", allowed: lower-case letters, digits, single hyphens or dots between them");
      }
      if (taken.contains(name)) {
        throw new IllegalArgumentException(
            kind + ": \"" + name + "\" exists already, allowed: a new name");
      }
    }
    rule.check(entry, known);
  }

  private static Stream<String> names(Registered entry) {
    return Stream.concat(Stream.of(entry.name()), entry.aliases().stream());
  }
}
