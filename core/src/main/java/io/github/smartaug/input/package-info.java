/** What is read from outside: JSON that knows where it is, and checks of numbers. */
package io.github.smartaug.input;
