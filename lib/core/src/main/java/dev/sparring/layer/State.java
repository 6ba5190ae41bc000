package dev.sparring.layer;

import dev.sparring.tensor.Shape;

/**
 * Numbers that a layer keeps from pass to pass, not learnt by gradients.
 *
 * @param name PyTorch's name within the layer, e.g. {@code running_mean}
 * @param shape the shape
 * @param initial the initial value of all elements
 */
public record State(String name, Shape shape, double initial) {}
