/** The options of the commands, group by group: what each is called, may be, and stands for. */
package io.github.smartaug.cli.options;
