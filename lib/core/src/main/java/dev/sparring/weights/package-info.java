/**
 * First weights from a file, also from PyTorch's, whose names are mapped to those of a recipe's
 * networks.
 */
@NullMarked
package dev.sparring.weights;

import org.jspecify.annotations.NullMarked;
