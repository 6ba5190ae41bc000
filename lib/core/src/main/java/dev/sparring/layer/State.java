package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that a layer keeps from pass to pass, not learnt by gradients.
 *
 * <p>Where several processes train together, each makes some of an update's passes. A running
 * average then becomes what it is after all passes in one process, up to rounding, if the layer
 * says how much of it a pass keeps. Any other state becomes the mean over the processes.
 *
 * @param name PyTorch's name within the layer, e.g. {@code running_mean}
 * @param shape the shape
 * @param initial the initial value of all elements
 * @param keep for a running average, which only evaluation reads: the factor by which a training
 *     pass multiplies it before it adds something of its batch, e.g. 0.9; null for other states
 */
public record State(String name, Shape shape, double initial, @Nullable Double keep) {
  /** A state that is no running average. */
  public State(String name, Shape shape, double initial) {
    this(name, shape, initial, null);
  }
}
