package dev.sparring.data;

/**
 * A mixture of round normal distributions in the plane, all equally likely: data of which one knows
 * what a generator should have learnt.
 *
 * <p>The label of a point is its mode. Point i is drawn from a stream of its own, so that fewer
 * points are the first of more points.
 */
public interface Mixture {
  /** The means, (modes, 2), in order of label; a fresh copy. */
  double[][] centres();

  /** The standard deviation of each mode along each axis. */
  double deviation();

  /** How many points are drawn. */
  int points();
}
