/**
 * Generators as ONNX models, for programs that run them without Sparring.
 *
 * <p>{@link dev.sparring.onnx.OnnxExport} runs a generator's own forward pass once on an engine
 * that wraps the real one and records the operations. So it knows operations, not layers: a new
 * layer needs nothing here.
 */
@NullMarked
package dev.sparring.onnx;

import org.jspecify.annotations.NullMarked;
