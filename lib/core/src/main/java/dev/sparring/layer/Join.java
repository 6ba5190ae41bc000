package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/** How several outputs of equal height and width are joined. */
public enum Join {
  /** Concatenates their channels or features. */
  CONCAT {
    @Override
    Shape outputShape(List<Shape> shapes) {
      Shape first = shapes.get(0);
      int channels = 0;
      for (Shape shape : shapes) {
        if (!shape.channels(1).equals(first.channels(1))) {
          throw new IllegalArgumentException(
              "cannot join " + shapes + ", which differ in more than their channels");
        }
        channels = Math.addExact(channels, shape.dim(0));
      }
      return first.channels(channels);
    }

    @Override
    Tensor apply(List<Tensor> tensors) {
      return tensors.get(0).concat(tensors.subList(1, tensors.size()), 1);
    }
  },
  /** Adds them. */
  SUM {
    @Override
    Shape outputShape(List<Shape> shapes) {
      if (shapes.stream().distinct().count() > 1) {
        throw new IllegalArgumentException("cannot add " + shapes + ", which must have one shape");
      }
      return shapes.get(0);
    }

    @Override
    Tensor apply(List<Tensor> tensors) {
      return tensors.stream().reduce(Tensor::plus).orElseThrow();
    }
  };

  /** The shape for one sample. */
  abstract Shape outputShape(List<Shape> shapes);

  abstract Tensor apply(List<Tensor> tensors);
}
