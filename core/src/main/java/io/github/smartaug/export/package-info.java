/** Learned policies for programs of other languages. */
package io.github.smartaug.export;
