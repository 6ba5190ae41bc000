/**
 * Metrics of samples: arrays of features, probabilities or points go in, records come out. Nothing
 * here knows engines, files or networks; the caller that extracts features names the metric after
 * the extractor (see {@link dev.sparring.metric.FrechetDistance}).
 *
 * <p>All is computed in double precision, in a fixed order and by one thread: equal input gives
 * equal bits on one machine. Work that grows with the square of the number of samples can be given
 * to a numerical library as {@link dev.sparring.metric.Products}, in blocks of below 200 MB
 * together. {@link dev.sparring.metric.NeighborMetrics} then are the same bits, with products of
 * single precision too: these only bound the distances, and what the bounds leave open is computed
 * from differences. {@link dev.sparring.metric.KernelDistance} takes products of double precision
 * only, and differs by rounding. What differs from other programs, given the same features:
 *
 * <ul>
 *   <li><b>{@link dev.sparring.metric.FrechetDistance}</b>: torch-fidelity sums the real parts of
 *       the roots of the eigenvalues of C1 C2, clean-fid and pytorch-fid take SciPy's root of C1 C2
 *       and add 1e-6 to the diagonals if it is not finite; here it is the symmetric form, and
 *       nothing is added. Equal within rounding where both covariances are regular. Covariances
 *       have ddof 1 everywhere.
 *   <li><b>{@link dev.sparring.metric.InceptionScore}</b>: torch-fidelity shuffles with NumPy's
 *       generator from seed 2020, here it is core's own; in order, both agree. StudioGAN takes one
 *       split and prints NaN as its deviation, here it is absent.
 *   <li><b>{@link dev.sparring.metric.KernelDistance}</b>: the estimator, kernel and sizes are
 *       torch-fidelity's, the draws core's own. clean-fid does not seed its draws, takes smaller
 *       subsets where there are fewer samples (refused here), and returns no deviation.
 *   <li><b>{@link dev.sparring.metric.PrecisionRecall}</b>: as the authors and torch-fidelity (k =
 *       3, {@code <=}); the {@code prdc} package computes the same names with k = 5 and {@code <}.
 *       Both take distances from products in the precision of the features, which is off by up to
 *       1e-3 for features that are far from 0; here every comparison is that of sums of squared
 *       differences, and equal samples are at distance 0.
 *   <li><b>{@link dev.sparring.metric.DensityCoverage}</b>: as {@code prdc} (k = 5, {@code <}).
 *   <li><b>{@link dev.sparring.metric.ModeCoverage}</b>: PacGAN's text and program differ in the
 *       reverse KL; both are given.
 * </ul>
 */
@NullMarked
package dev.sparring.metric;

import org.jspecify.annotations.NullMarked;
