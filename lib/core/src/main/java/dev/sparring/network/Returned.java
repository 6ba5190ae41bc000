package dev.sparring.network;

import dev.sparring.layer.Role;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks what initializers, layers and normalizations return against what they promised, so that a
 * mistake in a word of a user's is named at its place and not three layers later.
 */
final class Returned {
  private Returned() {}

  /** The first values of a parameter: one finite number for each of its elements. */
  static double[] values(PlannedLayer layer, PlannedParameter p, double @Nullable [] values) {
    return values(layer.place(), p.parameter().name(), p.parameter().shape(), values);
  }

  /** The first values of a tensor: one finite number for each of its elements. */
  static double[] values(String place, String name, Shape shape, double @Nullable [] values) {
    String who = "the initializer of " + name;
    if (values == null) {
      throw new RecipeException(place, who + " returned null");
    }
    int elements = shape.elements();
    if (values.length != elements) {
      throw new RecipeException(
          place,
          who
              + " returned "
              + values.length
              + " numbers, expected "
              + elements
              + " for shape "
              + shape);
    }
    for (int i = 0; i < elements; i++) {
      if (!Double.isFinite(values[i])) {
        throw new RecipeException(place, who + " returned " + values[i] + " at index " + i);
      }
    }
    return values;
  }

  /**
   * A drawn weight with a length, if its normalization divides by it.
   *
   * @param values finite
   * @param precision of the engine, in which small numbers may be zero
   */
  static void direction(
      PlannedLayer layer, PlannedParameter p, double[] values, Precision precision) {
    boolean matters = p.parameter().role() == Role.WEIGHT && layer.norm().dividesByLength();
    boolean isZero =
        Arrays.stream(values).allMatch(v -> precision.isSingle() ? (float) v == 0 : v == 0);
    if (matters && isZero) {
      throw new RecipeException(
          layer.place(),
          "the initializer of "
              + p.parameter().name()
              + " returned zeros, and norm "
              + WeightNorm.word(layer.norm())
              + " divides by the weight's length");
    }
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
