/** Features by networks from ONNX files, through ONNX Runtime. */
@NullMarked
package dev.sparring.onnxruntime;

import org.jspecify.annotations.NullMarked;
