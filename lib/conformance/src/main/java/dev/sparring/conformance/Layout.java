package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Different memory layouts of the same numbers. An engine with strides or several formats must give
 * the same results for all of them.
 */
enum Layout {
  /** As uploaded. */
  UPLOADED {
    @Override
    Tensor of(Engine engine, Values values) {
      return values.on(engine);
    }
  },
  /** Uploaded flat, then reshaped. */
  RESHAPED {
    @Override
    Tensor of(Engine engine, Values values) {
      Shape flat = Shape.of(values.shape().elements());
      return engine.upload(values.data(), flat).reshape(values.shape());
    }
  },
  /** Dimensions reversed twice, with the numbers moved only once. */
  PERMUTED {
    @Override
    Tensor of(Engine engine, Values values) {
      int rank = values.shape().rank();
      int[] reversed = IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
      Tensor back = values.on(engine).permute(reversed);
      Tensor moved = engine.upload(back.toDoubles(), back.shape());
      return moved.permute(reversed);
    }
  },
  /** Cut out of the middle of something larger, along the first and the last dimension. */
  SLICED {
    @Override
    Tensor of(Engine engine, Values values) {
      Tensor t = values.on(engine);
      int rank = values.shape().rank();
      for (int axis : rank == 0 ? new int[0] : new int[] {0, rank - 1}) {
        Tensor around = t.times(7).plus(1);
        t =
            around
                .concat(List.of(t, around), axis)
                .slice(axis, values.shape().dim(axis), values.shape().dim(axis));
      }
      return t;
    }
  },
  /** Images that come out of a convolution, with a kernel that changes nothing. */
  CONVOLVED {
    @Override
    Tensor of(Engine engine, Values values) {
      if (values.shape().rank() != 4) {
        return values.on(engine);
      }
      int channels = values.shape().dim(1);
      double[] identity = new double[channels * channels];
      for (int c = 0; c < channels; c++) {
        identity[c * channels + c] = 1;
      }
      Tensor kernel = engine.upload(identity, Shape.of(channels, channels, 1, 1));
      return values.on(engine).conv2d(kernel, null, 1, 0);
    }
  };

  /** The values as a constant in this layout. */
  abstract Tensor of(Engine engine, Values values);
}
