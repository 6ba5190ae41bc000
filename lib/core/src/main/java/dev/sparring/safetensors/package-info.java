/** Files of named tensors in the safetensors format. */
@NullMarked
package dev.sparring.safetensors;

import org.jspecify.annotations.NullMarked;
