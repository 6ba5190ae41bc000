/**
 * Diagnostics of a training: figures of gradients, weights and scores, and detectors that read
 * them.
 */
@NullMarked
package dev.sparring.diagnose;

import org.jspecify.annotations.NullMarked;
