/** {@code smartaug predict}: the model of a run on images without labels. */
package io.github.smartaug.cli.predict;
