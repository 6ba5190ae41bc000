/**
 * The engine seam: shapes, differentiable tensors and what an engine must be able to do.
 *
 * <p>Everything else in core is written on top of {@link dev.sparring.tensor.Tensor} and {@link
 * dev.sparring.tensor.Engine}; nothing here depends on layers, recipes or files.
 */
@NullMarked
package dev.sparring.tensor;

import org.jspecify.annotations.NullMarked;
