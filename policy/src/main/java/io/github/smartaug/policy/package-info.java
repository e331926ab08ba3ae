/**
 * A learned augmentation policy in plain Java: {@link
 * io.github.smartaug.policy.AugmentationPolicy}. Nothing here needs another module of the project
 * or a library.
 */
package io.github.smartaug.policy;
