/** {@code smartaug apply}: transforms and policies on files. */
package io.github.smartaug.cli.apply;
