package dev.sparring.metric;

import java.util.OptionalDouble;

/**
 * Mean and standard deviation of a metric over splits or subsets.
 *
 * @param deviation with ddof 0, as numpy.std; absent for a single value
 */
record Spread(double mean, OptionalDouble deviation) {
  static Spread of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(
        mean,
        values.length == 1
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / values.length)));
  }
}
