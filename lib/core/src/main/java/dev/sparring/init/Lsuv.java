package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Layer-sequential unit-variance initialization (Mishkin and Matas, arXiv:1511.06422, algorithm 1):
 * a weight is drawn and then divided by the standard deviation of its layer's outputs for a first
 * batch, layer by layer, until that is near 1.
 *
 * <p>For a generator the batch is noise or sources; for a discriminator half of it is real and half
 * generated samples. Its size is {@code train.batch}. The statistics are rounded to eight binary
 * digits, so that every engine starts with equal weights. Layers whose outputs are all equal stay
 * as they were drawn. A layer with a weight normalization is refused, since that would undo the
 * scale.
 *
 * <p>Biases are moved against the mean of the outputs, as in the authors' later code
 * (github.com/ducha-aiki/LSUV-pytorch); the paper leaves them at 0.
 *
 * @param base how weights are drawn first; orthogonal in the paper
 * @param std standard deviation that outputs shall have
 * @param tolerance how far from it is near enough
 * @param attempts how often a layer is corrected at most
 * @param center whether biases are moved too
 */
@Word("lsuv")
public record Lsuv(Initializer base, double std, double tolerance, int attempts, boolean center)
    implements Initializer, DataDependent {
  /** Checks the settings. */
  public Lsuv {
    Require.positive("std", std);
    Require.positive("tolerance", tolerance);
    Require.atLeast("attempts", attempts, 1);
    if (base instanceof DataDependent) {
      throw new IllegalArgumentException(
          "base must draw weights by itself, and this one measures a batch");
    }
  }

  /** On an orthogonal matrix, to a deviation of 1 within 0.1, in 10 attempts, centred. */
  @Defaults
  public static Lsuv lsuv() {
    return new Lsuv(Orthogonal.orthogonal(), 1, 0.1, 10, true);
  }

  /** The same on another initializer. */
  public Lsuv base(Initializer base) {
    return new Lsuv(base, std, tolerance, attempts, center);
  }

  /** The same to another deviation. */
  public Lsuv std(double std) {
    return new Lsuv(base, std, tolerance, attempts, center);
  }

  /** The same with another tolerance. */
  public Lsuv tolerance(double tolerance) {
    return new Lsuv(base, std, tolerance, attempts, center);
  }

  /** The same with another number of attempts. */
  public Lsuv attempts(int attempts) {
    return new Lsuv(base, std, tolerance, attempts, center);
  }

  /** The same with or without moving biases. */
  public Lsuv center(boolean center) {
    return new Lsuv(base, std, tolerance, attempts, center);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    return base.draw(weight, random);
  }

  @Override
  public OptionalDouble everywhere() {
    return base.everywhere();
  }

  @Override
  public Initializer at(Position position) {
    return base(base.at(position));
  }

  @Override
  public void check(WeightSpec weight) {
    base.check(weight);
  }

  @Override
  public Optional<Correction> correct(Outputs outputs) {
    if (!(outputs.std() > 0)
        || Double.isInfinite(outputs.std())
        || Math.abs(outputs.std() - std) <= tolerance) {
      return Optional.empty();
    }
    return Optional.of(
        new Correction(
            "weight",
            List.of(std / outputs.std()),
            List.of(1.0),
            List.of(center ? -outputs.mean() : 0)));
  }
}
