package dev.sparring.layer;

import dev.sparring.tensor.Shape;

/**
 * Numbers that a layer carries from pass to pass without learning them by gradient.
 *
 * @param name PyTorch's name within the layer, e.g. {@code running_mean}
 * @param shape the shape
 * @param initial the value everywhere at the start
 */
public record State(String name, Shape shape, double initial) {}
