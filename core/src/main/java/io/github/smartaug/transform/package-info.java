/**
 * Image transforms, the ranges of their values, and sets of transforms as JSON files.
 *
 * <p>A new transform is one small class and one row in {@link
 * io.github.smartaug.transform.Transforms}. Most are members of a family and state only what makes
 * them different: an affine transform its matrix, a blend the image that it blends with.
 */
package io.github.smartaug.transform;
