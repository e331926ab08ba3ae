/**
 * Image transforms, the ranges of their values, and sets of transforms as JSON files.
 *
 * <p>A new transform is one small class and one row in {@link
 * io.github.smartaug.transform.Transforms}. Most are members of a family and state only what makes
 * them different: an affine transform its matrix, a blend the image that it blends with.
 *
 * <p>Geometry: {@link io.github.smartaug.transform.Rotate Rotate}, {@link
 * io.github.smartaug.transform.Translate Translate}, {@link io.github.smartaug.transform.Shear
 * Shear}, {@link io.github.smartaug.transform.Flip Flip}, {@link io.github.smartaug.transform.Crop
 * Crop}. Colour: {@link io.github.smartaug.transform.Brightness Brightness}, {@link
 * io.github.smartaug.transform.Contrast Contrast}, {@link io.github.smartaug.transform.Color
 * Color}, {@link io.github.smartaug.transform.Hue Hue}, {@link io.github.smartaug.transform.Invert
 * Invert}, {@link io.github.smartaug.transform.Solarize Solarize}, {@link
 * io.github.smartaug.transform.Posterize Posterize}, {@link
 * io.github.smartaug.transform.AutoContrast AutoContrast}, {@link
 * io.github.smartaug.transform.Equalize Equalize}. Detail: {@link
 * io.github.smartaug.transform.Sharpness Sharpness}, {@link io.github.smartaug.transform.Blur
 * Blur}, {@link io.github.smartaug.transform.Noise Noise}, {@link
 * io.github.smartaug.transform.RandBlend RandBlend}. Holes: {@link
 * io.github.smartaug.transform.Cutout Cutout}, {@link io.github.smartaug.transform.Erase Erase}.
 * And {@link io.github.smartaug.transform.Identity Identity}. Each with a {@link
 * io.github.smartaug.transform.MagnitudeRange} and a name is a member of a set: {@link
 * io.github.smartaug.transform.TransformSet#of TransformSet.of}.
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
