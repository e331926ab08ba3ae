package io.github.smartaug.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command with something in it that nobody should have written.
 *
 * @param name what is wrong with it
 * @param folder all that the command may read and write
 * @param arguments of the command line
 */
record HostileCase(String name, Path folder, List<String> arguments) {
  static HostileCase of(String name, Path folder, Object... arguments) {
    return new HostileCase(name, folder, Stream.of(arguments).map(Object::toString).toList());
  }
}
