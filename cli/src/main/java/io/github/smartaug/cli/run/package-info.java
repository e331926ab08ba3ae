/** Training and evaluation from the command line: what to prepare, say and draw of a run. */
package io.github.smartaug.cli.run;
