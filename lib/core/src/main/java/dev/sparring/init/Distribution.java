package dev.sparring.init;

import dev.sparring.random.RandomStream;

/** The family of a zero-centred distribution whose standard deviation is given by a rule. */
public enum Distribution {
  /** Gaussian. */
  NORMAL {
    @Override
    double draw(RandomStream random, double std) {
      return std * random.gaussian();
    }
  },
  /** Uniform on [-sqrt(3) std, sqrt(3) std). */
  UNIFORM {
    @Override
    double draw(RandomStream random, double std) {
      double bound = Math.sqrt(3) * std;
      return random.uniform(-bound, bound);
    }
  };

  abstract double draw(RandomStream random, double std);
}
