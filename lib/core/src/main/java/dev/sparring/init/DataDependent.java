package dev.sparring.init;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An initializer or a weight normalization that, once its weight is drawn, sets it by what the
 * layer makes of a first batch.
 *
 * <p>The batch is drawn for this alone, from the run's seed: noise or sources for a generator; for
 * a discriminator half of real and half of generated samples, as it sees them. Layers are corrected
 * in the order of the forward pass, in training mode, the generator before the discriminator.
 * Statistics are rounded to eight binary digits, so that engines whose sums differ by rounding come
 * to the same weights: a statistic lies between two such numbers for one engine and not for another
 * about once in a thousand networks in single precision, and hardly ever in double.
 */
public interface DataDependent {
  /** How often the layer is measured at most, 1 or more. */
  int attempts();

  /**
   * What is to be changed.
   *
   * @param outputs of the layer for the batch, its bias included
   * @return the change, or nothing if the layer is as it should be
   */
  Optional<Correction> correct(Outputs outputs);

  /**
   * Statistics of a layer's outputs over samples and positions.
   *
   * @param mean of all numbers
   * @param std standard deviation of all numbers, with their count as the divisor
   * @param means of each channel or feature
   * @param stds standard deviation of each channel or feature
   */
  record Outputs(double mean, double std, List<Double> means, List<Double> stds) {
    private static final double STEPS = 256;

    /** Copies the lists. */
    public Outputs {
      means = List.copyOf(means);
      stds = List.copyOf(stds);
    }

    /** Of the moments of each channel, which have the same number of values. */
    public static Outputs of(double[] means, double[] variances) {
      double mean = Arrays.stream(means).average().orElseThrow();
      double variance = 0;
      for (int c = 0; c < means.length; c++) {
        variance += variances[c] + (means[c] - mean) * (means[c] - mean);
      }
      double std = rounded(Math.sqrt(variance / means.length));
      List<Double> stds = new ArrayList<>();
      List<Double> centers = new ArrayList<>();
      for (int c = 0; c < means.length; c++) {
        stds.add(rounded(Math.sqrt(variances[c])));
        centers.add(inSteps(means[c], stds.get(c)));
      }
      return new Outputs(inSteps(mean, std), std, centers, stds);
    }

    /** To eight binary digits. */
    private static double rounded(double value) {
      if (!(value > 0) || Double.isInfinite(value)) {
        return value;
      }
      double step = Math.scalb(1.0, Math.getExponent(value) - 7);
      return Math.rint(value / step) * step;
    }

    /** A mean in parts of the deviation, below which it has no meaning. */
    private static double inSteps(double mean, double std) {
      return std > 0 ? Math.rint(mean / std * STEPS) / STEPS * std : mean;
    }
  }

  /**
   * A change of a layer.
   *
   * @param parameter the name of the parameter that is multiplied, e.g. {@code weight}
   * @param factors one for each output, or one for all
   * @param biasFactors what the bias is multiplied by, likewise
   * @param biasShifts what is added to the bias then, likewise
   */
  record Correction(
      String parameter, List<Double> factors, List<Double> biasFactors, List<Double> biasShifts) {
    /** Copies the lists. */
    public Correction {
      factors = List.copyOf(factors);
      biasFactors = List.copyOf(biasFactors);
      biasShifts = List.copyOf(biasShifts);
    }
  }
}
