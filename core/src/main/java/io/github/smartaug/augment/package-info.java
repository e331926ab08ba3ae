/**
 * Augmentation policies: which transforms an image gets, how strong, and with what loss weight.
 *
 * <p>{@link io.github.smartaug.augment.Policies} finds them by name; a program may also make one.
 * Learned: {@link io.github.smartaug.augment.IndependentPolicy}, {@link
 * io.github.smartaug.augment.SequencePolicy}. Not learned: {@link
 * io.github.smartaug.augment.RandAugment}, {@link io.github.smartaug.augment.TrivialAugment},
 * {@link io.github.smartaug.augment.NoAugmentation}. What was learned before: {@link
 * io.github.smartaug.augment.FrozenPolicy}, {@link io.github.smartaug.augment.ReplayedPolicy}.
 */
package io.github.smartaug.augment;
