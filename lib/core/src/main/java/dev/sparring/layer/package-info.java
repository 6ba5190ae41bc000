/** Layers: records that know their parameters, shapes and forward pass. */
@NullMarked
package dev.sparring.layer;

import org.jspecify.annotations.NullMarked;
