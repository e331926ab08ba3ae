/** How well a model does on a set of images. */
package io.github.smartaug.metric;
