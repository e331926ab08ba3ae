/** Many images from files: which there are, what can be read, and work on several at once. */
package io.github.smartaug.cli.images;
