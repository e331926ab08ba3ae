/** Optimizers as pure, differentiable functions; gradient clipping; learning rate schedules. */
package io.github.smartaug.optim;
