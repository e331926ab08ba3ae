/**
 * Optimizers as pure, differentiable functions; gradient clipping; learning rate schedules.
 *
 * <p>An optimizer takes parameters, their gradients, its state and its hyperparameters, and returns
 * new parameters and a new state. Nothing is changed in place, so a hypergradient can be taken
 * through many steps. {@link io.github.smartaug.optim.Optimizers} finds them by name; a program may
 * also make one: {@link io.github.smartaug.optim.DifferentiableSgd}, {@link
 * io.github.smartaug.optim.DifferentiableAdam}, {@link
 * io.github.smartaug.optim.DifferentiableAdamW}, {@link
 * io.github.smartaug.optim.DifferentiableNAdam}, {@link
 * io.github.smartaug.optim.DifferentiableRAdam}, {@link
 * io.github.smartaug.optim.DifferentiableAdamax}, {@link
 * io.github.smartaug.optim.DifferentiableAdadelta}, {@link
 * io.github.smartaug.optim.DifferentiableAdagrad}, {@link
 * io.github.smartaug.optim.DifferentiableRmsProp}, {@link
 * io.github.smartaug.optim.DifferentiableRprop}, {@link
 * io.github.smartaug.optim.DifferentiableAsgd}. Those that can decay weights take a {@link
 * io.github.smartaug.optim.WeightDecay}, which says how; {@link
 * io.github.smartaug.optim.ParameterGroups} gives some parameters hyperparameters of their own.
 */
package io.github.smartaug.optim;
