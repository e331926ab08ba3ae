/**
 * How good the predictions of a model are: accuracy, F1, calibration, confusion matrix; and how
 * sure a mean is.
 */
package io.github.smartaug.metric;
