/** Benchmarks: one command each, competing cases interleaved in one process, JSON lines. */
package io.github.smartaug.bench;
