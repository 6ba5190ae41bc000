package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Fixup initialization of residual networks (Zhang, Dauphin and Ma, arXiv:1901.09321, section 3):
 * the last weight of each residual branch begins at 0, and the others of the branch at what {@code
 * base} draws times L^(-1 / (2 m - 2)), with L the number of residual branches in the network and m
 * the number of weights in the branch. Weights outside of branches begin as {@code base} says.
 *
 * <p>L and m are read off the plan: branches are the {@code layers} of {@code residual} and {@code
 * residualBlock}. Each block therefore begins as its shortcut alone, and the network's output does
 * not grow with its depth. Without residual branches this is {@code base}.
 *
 * <p>For the rest of the paper's rules add layers: {@code shift}, a bias of one number, before each
 * convolution and each activation, and {@code scale} before the last shift of a branch. With the
 * default base, in a block of three convolutions with leaky ReLUs, this is the initialization of
 * R3GAN (Huang, Gokaslan, Kuleshov and Tompkin, arXiv:2501.05441).
 *
 * <p>Deviations: the paper's base is He's with fan-out, {@code { type: he, fan: out }}, and its
 * last layer, a classifier, begins at 0, which {@code zeroLast} does; R3GAN's does not.
 *
 * @param base how weights are drawn before they are scaled
 * @param zeroLast whether the network's last weight begins at 0 too; a generator then begins with
 *     the same sample for all noise, and a discriminator with gradient 0 for the generator
 */
@Word("fixup")
public record Fixup(Initializer base, boolean zeroLast) implements Initializer {
  /** Checks the base. */
  public Fixup {
    if (base instanceof DataDependent) {
      throw new IllegalArgumentException(
          "base must draw weights by itself, and this one measures a batch; put it around fixup");
    }
  }

  /** On He's initialization; the last weight of the network is drawn. */
  @Defaults
  public static Fixup fixup() {
    return new Fixup(He.he(), false);
  }

  /** The same on another initializer. */
  public Fixup base(Initializer base) {
    return new Fixup(base, zeroLast);
  }

  /** The same with or without zeros in the network's last weight. */
  public Fixup zeroLast(boolean zeroLast) {
    return new Fixup(base, zeroLast);
  }

  @Override
  public Initializer at(Position position) {
    boolean endsBranch = position.depth() > 0 && position.index() == position.depth() - 1;
    if (endsBranch || (zeroLast && position.isLast())) {
      return Zeros.zeros();
    }
    Initializer there = base.at(position);
    if (position.depth() == 0 || position.branches() == 1) {
      return there;
    }
    return new Multiplied(
        StrictMath.pow(position.branches(), -1.0 / (2 * position.depth() - 2)), there);
  }

  @Override
  public void check(WeightSpec weight) {
    base.check(weight);
  }

  /** Outside of residual branches. */
  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    return base.draw(weight, random);
  }
}
