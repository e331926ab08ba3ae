/**
 * What everything else stands on: setting up libtorch, freeing native memory, named tensors,
 * devices, derivatives, and files that hold tensors.
 *
 * <p>Programs call {@link io.github.smartaug.tensor.TorchRuntime} first, free tensors by {@link
 * io.github.smartaug.tensor.TensorScope} and keep what lives longer in an {@link
 * io.github.smartaug.tensor.Arena}. Files: {@link io.github.smartaug.tensor.Npy}, {@link
 * io.github.smartaug.tensor.Npz}, {@link io.github.smartaug.tensor.Safetensors}.
 */
package io.github.smartaug.tensor;
