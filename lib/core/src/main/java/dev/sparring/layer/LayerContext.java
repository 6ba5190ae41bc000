package dev.sparring.layer;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What a layer can use during one forward pass. */
public interface LayerContext {
  /** Whether this is a training pass: batch statistics, dropout, power iterations. */
  boolean training();

  /**
   * The weight of this pass's batch in running statistics: a layer's own momentum, unless they are
   * gathered anew as the mean over several passes.
   *
   * @param own the layer's
   */
  default double momentum(double own) {
    return own;
  }

  /**
   * A parameter of the layer by its name; weights are normalized.
   *
   * @throws IllegalStateException if the layer declared no such parameter
   */
  Tensor parameter(String name);

  /** A parameter of the layer, or null if it declared none of that name (no bias, for instance). */
  @Nullable Tensor parameterOrNull(String name);

  /**
   * A state of the layer by its name, to read or to overwrite in place.
   *
   * @throws IllegalStateException if the layer declared no such state
   */
  Tensor state(String name);

  /**
   * The output of one of the layer's branches; each branch is called once in a pass.
   *
   * @param index among {@link Composite#branches}
   * @param x (N, ...) with the branch's input shape after the batch dimension
   * @throws IllegalStateException if the layer has no such branch
   */
  Tensor branch(int index, Tensor x);

  /**
   * The layer's input for the operation that uses it last. If nothing else refers to it, the result
   * may be written over it ({@link Tensor#lastUse}), which halves the memory of an activation.
   *
   * @param x the layer's own input, not used by the layer afterwards
   */
  default Tensor lastUse(Tensor x) {
    return x;
  }

  /**
   * The classes of the batch's samples: (N, classes), one 1 in each row, else 0.
   *
   * @throws IllegalStateException if the pass was given none
   */
  Tensor labels();

  /**
   * Random numbers of this layer in this pass.
   *
   * @throws IllegalStateException if the pass was given none, in evaluation
   */
  RandomStream random();

  /** The engine, e.g. to upload random numbers. */
  Engine engine();
}
