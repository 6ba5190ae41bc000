/** Readers of binary files under coverage-guided fuzzing. */
package dev.sparring.fuzz;
