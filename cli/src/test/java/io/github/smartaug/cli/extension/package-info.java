/** Things from outside the project, one class each, as a user's jar has them. */
package io.github.smartaug.cli.extension;
