/**
 * One shape for everything that has a name: models, transforms, optimizers, estimators, policies,
 * data formats, schedules.
 */
package io.github.smartaug.registry;
