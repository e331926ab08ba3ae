/**
 * Image transforms, the ranges of their values, and sets of transforms as JSON files.
 *
 * <p>A new transform is one small class and one row in {@link
 * io.github.smartaug.transform.Transforms}. Most are members of a family and state only what makes
 * them different: an affine transform its matrix, a blend the image that it blends with.
 *
 * <p>A transform from outside the library is a class and a name. From then on files may name it and
 * its magnitude is learned like any other (a jar on the class path adds one by a {@link
 * io.github.smartaug.transform.TransformType} instead):
 *
 * <pre>{@code
 * record Dim() implements Transform {
 *   public Tensor apply(Tensor images, Tensor values) {
 *     return images.mul(values.neg().add(new Scalar(1)).view(-1, 1, 1, 1));
 *   }
 * }
 *
 * Transforms.register("dim", new Dim());
 * TransformSet set = TransformSet.read(Path.of("mine.json"));  // ... "function": "dim" ...
 * IndependentPolicy policy = IndependentPolicy.initial(set, PolicyOptions.learned(2));
 * }</pre>
 */
package io.github.smartaug.transform;
