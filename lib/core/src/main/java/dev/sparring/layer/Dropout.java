package dev.sparring.layer;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014): in training each element is set to zero with
 * probability rate and otherwise divided by 1 - rate. It does nothing in evaluation unless {@code
 * always} is set.
 *
 * @param rate probability that an element is set to zero, in [0, 1)
 * @param always whether it is on in evaluation too, as in pix2pix, whose generators have no other
 *     noise (Isola et al., arXiv:1611.07004, sections 3.1 and 3.3); the i-th sample of a seed does
 *     not depend on how many are generated
 */
@Word("dropout")
public record Dropout(double rate, boolean always) implements Layer {
  /** Checks the rate. */
  public Dropout {
    Require.belowOne("rate", rate);
  }

  /** Drops half of the elements, in training. */
  @Defaults
  public static Dropout dropout() {
    return new Dropout(0.5, false);
  }

  /** Drops this share of the elements, in training. */
  public static Dropout dropout(double rate) {
    return new Dropout(rate, false);
  }

  /** The same in training only, or in evaluation too. */
  public Dropout always(boolean always) {
    return new Dropout(rate, always);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1 / (1 - rate));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    if (rate == 0 || !(pass.training() || always)) {
      return x;
    }
    RandomStream random = pass.random();
    return x.times(pass.engine().upload(() -> mask(random, x.shape().elements()), x.shape()));
  }

  private float[] mask(RandomStream random, int elements) {
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[elements];
    for (int i = 0; i < elements; i++) {
      mask[i] = random.uniform() < rate ? 0 : kept;
    }
    return mask;
  }

  @Override
  public String summary() {
    return "dropout " + rate + (always ? ", always on" : "");
  }
}
