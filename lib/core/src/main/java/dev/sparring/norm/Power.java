package dev.sparring.norm;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;

/**
 * How the largest singular value is estimated by power iteration.
 *
 * @param iterations number of power iterations in each forward pass in training
 * @param warmup number of power iterations when the network is created. From a random start one
 *     iteration underestimates the norm (by a quarter on a 576 x 128 Gaussian matrix), so that
 *     early "normalized" weights exceed norm 1; about 15 iterations avoid that
 * @param throughVectors whether gradients also flow through the singular vectors, as in the BSSN
 *     paper's own code (github.com/fjxmlzn/BSN), or only through the norm, as in Miyato et al. and
 *     PyTorch
 */
public record Power(int iterations, int warmup, boolean throughVectors) {
  /** Checks the counts. */
  public Power {
    Require.atLeast("iterations", iterations, 1);
    Require.atLeast("warmup", warmup, 0);
  }

  /** One iteration, no warm-up, vectors constant. */
  @Defaults
  public static Power power() {
    return new Power(1, 0, false);
  }

  /** The same with another number of iterations per forward pass. */
  public Power iterations(int iterations) {
    return new Power(iterations, warmup, throughVectors);
  }

  /** The same with another number of iterations at the start. */
  public Power warmup(int warmup) {
    return new Power(iterations, warmup, throughVectors);
  }

  /** The same with or without gradients through the vectors. */
  public Power throughVectors(boolean throughVectors) {
    return new Power(iterations, warmup, throughVectors);
  }
}
