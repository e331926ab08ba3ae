/** Files and folders that are written whole or not at all, and why writing failed. */
package io.github.smartaug.file;
