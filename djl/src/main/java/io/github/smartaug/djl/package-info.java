/**
 * Learned augmentation policies for DJL, the <a href="https://djl.ai">Deep Java Library</a>: {@link
 * io.github.smartaug.djl.PolicyTransform}. Nothing here needs SmartAug's own libtorch, so DJL's is
 * the only one in the process.
 */
package io.github.smartaug.djl;
