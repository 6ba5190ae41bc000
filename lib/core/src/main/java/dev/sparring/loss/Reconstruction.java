package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The distance of generated samples from their targets in paired data (Isola et al.,
 * arXiv:1611.07004, equation 3): weight times the mean over all elements of the absolute or squared
 * difference.
 *
 * @param distance absolute ({@code l1}) or squared ({@code l2}) differences
 * @param weight lambda in the paper
 */
@Word("reconstruction")
public record Reconstruction(Distance distance, double weight) implements GeneratorTerm {
  /** How the difference of two numbers is measured. */
  public enum Distance {
    /** Its absolute value. */
    L1,
    /** Its square. */
    L2
  }

  /** Checks the weight. */
  public Reconstruction {
    Require.positive("weight", weight);
  }

  /** Absolute values, with the weight of pix2pix, 100. */
  @Defaults
  public static Reconstruction reconstruction() {
    return new Reconstruction(Distance.L1, 100);
  }

  /** The same with another distance. */
  public Reconstruction distance(Distance distance) {
    return new Reconstruction(distance, weight);
  }

  /** The same with another weight. */
  public Reconstruction weight(double weight) {
    return new Reconstruction(distance, weight);
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public Tensor value(Update update) {
    Tensor difference = update.made().minus(update.target());
    Tensor each = distance == Distance.L1 ? difference.abs() : difference.square();
    return each.mean().times(weight);
  }
}
