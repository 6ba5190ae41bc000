/** Run directories: provenance, metrics, samples and checkpoints on disk. */
@NullMarked
package dev.sparring.run;

import org.jspecify.annotations.NullMarked;
