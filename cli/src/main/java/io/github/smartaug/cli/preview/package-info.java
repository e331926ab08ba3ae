/** {@code smartaug preview}: transforms and policies as contact sheets. */
package io.github.smartaug.cli.preview;
