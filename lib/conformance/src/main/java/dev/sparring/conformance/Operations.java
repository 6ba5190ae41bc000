package dev.sparring.conformance;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.function.UnaryOperator;

/** The operations of one tensor, by their names in the golden files. */
final class Operations {
  private Operations() {}

  static UnaryOperator<Tensor> named(String name) {
    return switch (name) {
      case "relu" -> Tensor::relu;
      case "leaky_relu 0.1" -> t -> t.leakyRelu(0.1);
      case "leaky_relu 0.2" -> t -> t.leakyRelu(0.2);
      case "tanh" -> Tensor::tanh;
      case "sigmoid" -> Tensor::sigmoid;
      case "softplus" -> Tensor::softplus;
      case "elu" -> t -> t.elu(1);
      case "silu" -> Tensor::silu;
      case "gelu (erf)" -> Tensor::gelu;
      case "avg_pool2d 2" -> t -> t.avgPool2d(2, 2);
      case "max_pool2d 2" -> t -> t.maxPool2d(2, 2);
      case "upsample nearest x2" -> t -> t.upsampleNearest2d(2);
      case "global sum over h,w" -> t -> t.sum(2, 3).reshape(Shape.of(2, 2));
      case "pixel_shuffle-like reshape (2,2,4,6)->(2,48)" -> t -> t.reshape(Shape.of(2, 48));
      default -> throw new IllegalArgumentException("no operation for '" + name + "'");
    };
  }
}
