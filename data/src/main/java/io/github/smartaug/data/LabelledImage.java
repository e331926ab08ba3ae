package io.github.smartaug.data;

/**
 * An image that is still to be decoded, with what a list or an archive says of it.
 *
 * @param label name or number of its class
 */
record LabelledImage(EncodedImage image, String label, SetRole role) {}
