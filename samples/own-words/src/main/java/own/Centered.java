package own;

import dev.sparring.norm.NormContext;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A normalization of weights: each row, which makes one output, loses its mean and is divided by
 * its length.
 */
@Word("own.centered")
public record Centered() implements WeightNorm {
  private static final double UNDER_ROOT = 1e-12;

  @Override
  public Tensor normalize(Tensor weight, NormContext context) {
    int outputAxis = context.spec().outputAxis();
    int rows = weight.shape().dim(outputAxis);
    int columns = weight.shape().elements() / rows;
    int[] otherAxes =
        IntStream.range(0, weight.shape().rank()).filter(axis -> axis != outputAxis).toArray();
    Tensor centered = weight.minus(weight.sum(otherAxes).times(1.0 / columns));
    Tensor length = centered.square().sum(otherAxes).plus(UNDER_ROOT).sqrt();
    return centered.div(length);
  }

  @Override
  public boolean isScaleInvariant() {
    return true;
  }
}
