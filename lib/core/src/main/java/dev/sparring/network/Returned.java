package dev.sparring.network;

import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Checks what initializers, layers and normalizations return against what they promised, so that a
 * mistake in a word of a user's is named at its place and not three layers later.
 */
final class Returned {
  private Returned() {}

  /** The first values of a parameter: one finite number for each of its elements. */
  static double[] values(PlannedLayer layer, PlannedParameter p, double @Nullable [] values) {
    String who = "the initializer of " + p.parameter().name();
    if (values == null) {
      throw new RecipeException(layer.place(), who + " returned null");
    }
    int elements = p.parameter().shape().elements();
    if (values.length != elements) {
      throw new RecipeException(
          layer.place(),
          who
              + " returned "
              + values.length
              + " numbers, expected "
              + elements
              + " for shape "
              + p.parameter().shape());
    }
    for (int i = 0; i < elements; i++) {
      if (!Double.isFinite(values[i])) {
        throw new RecipeException(layer.place(), who + " returned " + values[i] + " at index " + i);
      }
    }
    return values;
  }

  /** The output of a layer: of its planned shape, for as many samples as went in. */
  static Tensor output(PlannedLayer layer, Tensor x, @Nullable Tensor output) {
    if (output == null) {
      throw new RecipeException(layer.place(), layer.layer().summary() + " returned null");
    }
    Shape expected = layer.output().batch(x.shape().dim(0));
    if (!output.shape().equals(expected)) {
      throw new RecipeException(
          layer.place(),
          layer.layer().summary()
              + " returned "
              + output.shape()
              + ", but its outputShape promises "
              + expected);
    }
    return output;
  }

  /** A normalized weight: of the raw weight's shape. */
  static Tensor weight(PlannedLayer layer, Tensor raw, @Nullable Tensor normalized) {
    if (normalized == null) {
      throw new RecipeException(layer.place(), "the norm returned null");
    }
    if (!normalized.shape().equals(raw.shape())) {
      throw new RecipeException(
          layer.place(),
          "the norm returned a weight of " + normalized.shape() + ", expected " + raw.shape());
    }
    return normalized;
  }
}
