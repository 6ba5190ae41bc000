package dev.sparring.data;

/**
 * A mixture of round normal distributions in the plane, all equally likely. The modes are known, so
 * that a generator can be compared with them.
 *
 * <p>The label of a point is its mode. Each point has a random stream of its own, so that the first
 * n points do not depend on how many are drawn.
 */
public interface Mixture {
  /** The means, (modes, 2), in order of label; a fresh copy. */
  double[][] centres();

  /** The standard deviation of each mode along each axis. */
  double deviation();

  /** The number of points that are drawn. */
  int points();
}
