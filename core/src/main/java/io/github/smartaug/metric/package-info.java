/** How good the predictions of a model are: accuracy, F1, calibration, confusion matrix. */
package io.github.smartaug.metric;
