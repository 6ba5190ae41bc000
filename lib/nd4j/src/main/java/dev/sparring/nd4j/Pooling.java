package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Windows over images, without padding. */
final class Pooling {
  private final Backend backend;
  private final Copies copies;

  Pooling(Backend backend, Copies copies) {
    this.backend = backend;
    this.copies = copies;
  }

  Value average(Value x, int kernel, int stride) {
    return forward("avgpool2d", x, kernel, stride);
  }

  Value maximum(Value x, int kernel, int stride) {
    return forward("maxpool2d", x, kernel, stride);
  }

  private Value forward(String name, Value x, int kernel, int stride) {
    Value made = backend.make(Shapes.pooled(x.shape(), kernel, stride), true);
    run(name, kernel, stride, made, copies.channelsLast(x));
    return made;
  }

  /** The gradient of {@link #average} by images of that shape. */
  Value averageGradient(Value g, Shape images, int kernel, int stride) {
    Value made = backend.make(images, true);
    // libnd4j takes only the shape from the images.
    run("avgpool2d_bp", kernel, stride, made, made, copies.channelsLast(g));
    return made;
  }

  /** The gradient of {@link #maximum}. */
  Value maximumGradient(Value x, Value g, int kernel, int stride) {
    Value made = backend.make(x.shape(), true);
    run("maxpool2d_bp", kernel, stride, made, copies.channelsLast(x), copies.channelsLast(g));
    return made;
  }

  private void run(String name, int kernel, int stride, Value to, Value... from) {
    backend
        .ops()
        .run(
            name,
            Arrays.stream(from).map(Value::array).toArray(INDArray[]::new),
            Ops.arrays(to.array()),
            kernel,
            kernel,
            stride,
            stride,
            0, // padding
            0,
            1, // no dilation
            1,
            0, // padding as given, not SAME
            0, // average over positions inside only
            1); // channels last
  }

  Value upsample(Value x, int factor) {
    Shape s = x.shape();
    Value made =
        backend.make(Shape.of(s.dim(0), s.dim(1), s.dim(2) * factor, s.dim(3) * factor), true);
    backend
        .ops()
        .run(
            "upsampling2d",
            Ops.arrays(copies.channelsLast(x).array()),
            Ops.arrays(made.array()),
            factor,
            factor,
            0); // channels last
    return made;
  }
}
