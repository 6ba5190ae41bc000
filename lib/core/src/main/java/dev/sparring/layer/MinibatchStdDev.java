package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/**
 * Minibatch standard deviation (Karras et al., arXiv:1710.10196, section 3): one more channel, (C,
 * H, W) to (C + 1, H, W), which tells a discriminator how much the samples of a group differ. It
 * holds the standard deviation over the group's samples, averaged over all channels and positions:
 * one number for a group, everywhere in its samples. Features (F) become (F + 1).
 *
 * <p>Groups are as in the paper's code: with M groups in a batch, sample n is in group n mod M, the
 * variance is biased, and 1e-8 is added to it before the root. In that code a batch larger than
 * {@code groupSize} must be a multiple of it. Here the group size is the smallest divisor of the
 * batch that is at least {@code groupSize}: with 4, groups of 5 in a batch of 10 and of 7 in a
 * batch of 7. A smaller batch is one group. In a batch of 1 the result is 1e-4, the root of 1e-8.
 *
 * <p>Samples depend on others of their batch, in evaluation too. It is therefore meant for
 * discriminators: in a generator, a sample would not be determined by its noise alone.
 *
 * @param groupSize number of samples in a group, at least 2
 */
@Word("minibatchStdDev")
public record MinibatchStdDev(int groupSize) implements Layer {
  // Added to the variance in the paper's code.
  private static final double EPS = 1e-8;

  /** Checks the size. */
  public MinibatchStdDev {
    Require.atLeast("groupSize", groupSize, 2);
  }

  /** The paper's code's groups of 4. */
  @Defaults
  public static MinibatchStdDev minibatchStdDev() {
    return new MinibatchStdDev(4);
  }

  /** Groups of that size. */
  public static MinibatchStdDev minibatchStdDev(int groupSize) {
    return new MinibatchStdDev(groupSize);
  }

  /** The size of groups in a batch. */
  int groupOf(int batch) {
    int size = Math.min(groupSize, batch);
    while (batch % size != 0) {
      size++;
    }
    return size;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input.channels(Math.addExact(input.dim(0), 1));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    int batch = x.shape().dim(0);
    int size = groupOf(batch);
    int groups = batch / size;
    int numbers = x.shape().sample().elements();
    Tensor grouped = x.reshape(Shape.of(size, groups, numbers));
    Tensor centered = grouped.minus(grouped.sum(0).times(1.0 / size));
    Tensor deviation = centered.square().sum(0).times(1.0 / size).plus(EPS).sqrt();
    Tensor ofGroup = deviation.sum(2).times(1.0 / numbers).reshape(Shape.of(groups, 1));
    Tensor ofSample = ofGroup.concat(Collections.nCopies(size - 1, ofGroup), 0);
    Shape one = x.shape().sample().channels(1);
    Tensor channel =
        ofSample
            .times(pass.engine().full(1, Shape.of(1, one.elements())))
            .reshape(one.batch(batch));
    return x.concat(List.of(channel), 1);
  }

  @Override
  public String summary() {
    return "minibatchStdDev " + groupSize;
  }
}
