package dev.sparring.layer;

import dev.sparring.random.RandomStream;
import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Require;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014): in training each element is zero with
 * probability rate, else divided by 1 - rate; nothing in evaluation.
 *
 * @param rate the probability, in [0, 1)
 */
@Word("dropout")
public record Dropout(double rate) implements Layer {
  /** Checks the rate. */
  public Dropout {
    Require.belowOne("rate", rate);
  }

  /** Half of the elements. */
  @Defaults
  public static Dropout dropout() {
    return new Dropout(0.5);
  }

  /** This share of the elements. */
  public static Dropout dropout(double rate) {
    return new Dropout(rate);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    if (!pass.training() || rate == 0) {
      return x;
    }
    RandomStream random = pass.random();
    float kept = (float) (1 / (1 - rate));
    float[] mask = new float[x.shape().elements()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.uniform() < rate ? 0 : kept;
    }
    return x.times(pass.engine().upload(mask, x.shape()));
  }

  @Override
  public String summary() {
    return "dropout " + rate;
  }
}
