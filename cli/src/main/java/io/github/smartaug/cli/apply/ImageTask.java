package io.github.smartaug.cli.apply;

import java.nio.file.Path;
import java.util.List;

/**
 * One image to be worked on.
 *
 * @param source the file
 * @param name path within the input with {@code /}, from which the draws follow; of a single file
 *     its name
 * @param position among all images, from 0
 * @param targets files to be written, one per copy
 */
record ImageTask(Path source, String name, int position, List<Path> targets) {}
