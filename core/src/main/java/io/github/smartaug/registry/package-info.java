/**
 * One shape for everything that has a name: models, transforms, transform sets, optimizers,
 * schedules, hypergradient estimators, policies, data sets and their formats.
 *
 * <p>Each kind has an entry type, which extends {@link io.github.smartaug.registry.Registered}, and
 * a class with static methods in front of its {@link io.github.smartaug.registry.Registry}:
 *
 * <ul>
 *   <li>{@code names()}: all names, in order;
 *   <li>{@code entries()}: all entries, with their descriptions;
 *   <li>{@code named(name)}: the thing itself or, where making it takes arguments, the entry that
 *       makes it;
 *   <li>{@code register(entry)}, {@code unregister(name)}: for programs.
 * </ul>
 *
 * <p>A jar adds an entry by a class that implements the entry type, has a public constructor
 * without arguments, and is named in {@code META-INF/services/ENTRY_TYPE}. The command line finds
 * it, too.
 */
package io.github.smartaug.registry;
