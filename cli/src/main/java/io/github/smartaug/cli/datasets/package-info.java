/** Making data sets from the command line. */
package io.github.smartaug.cli.datasets;
