package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** The derivatives of a batch normalization by its three operands. */
record BatchSlopes(Nd4jTensor x, Nd4jTensor scale, Nd4jTensor shift) {
  /** In operations that can be differentiated again. */
  static BatchSlopes recorded(Nd4jTensor x, @Nullable Nd4jTensor scale, Nd4jTensor g, double eps) {
    int[] axes = x.shape().rank() == 4 ? new int[] {0, 2, 3} : new int[] {0};
    int channels = x.shape().dim(1);
    double share = (double) channels / x.shape().elements();
    Nd4jTensor centred = x.minus(x.sum(axes).times(share));
    Nd4jTensor deviation = centred.square().sum(axes).times(share).plus(eps).sqrt();
    Nd4jTensor normal = centred.div(deviation);
    Nd4jTensor byNormal = scale == null ? g : g.times(BatchNormalization.channels(x, scale));
    Nd4jTensor dx =
        byNormal
            .minus(byNormal.sum(axes).times(share))
            .minus(normal.times(byNormal.times(normal).sum(axes).times(share)))
            .div(deviation);
    Shape flat = Shape.of(channels);
    return new BatchSlopes(dx, g.times(normal).sum(axes).reshape(flat), g.sum(axes).reshape(flat));
  }
}
