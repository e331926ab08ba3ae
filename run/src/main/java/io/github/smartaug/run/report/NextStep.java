package io.github.smartaug.run.report;

/**
 * A piece of advice on a page.
 *
 * @param text one or two sentences
 * @param command that does it; empty if there is none
 */
record NextStep(String text, String command) {}
