/** Listing, downloading, checking and making data sets from the command line. */
package io.github.smartaug.cli.datasets;
