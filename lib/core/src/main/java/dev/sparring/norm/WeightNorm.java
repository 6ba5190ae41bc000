package dev.sparring.norm;

/**
 * Normalization of a layer's weight before each use. The raw weight stays the parameter; what the
 * layer computes with is raw weight * {@link Spectral#scale} / norm, or with {@link
 * WeightNormalization} a length that is learnt in place of the scale.
 *
 * <p>The four spectral kinds are those of Lin, Sekar and Fanti, "Why Spectral Normalization
 * Stabilizes GANs: Analysis and Improvements" (NeurIPS 2021, arXiv:2009.02773).
 */
public sealed interface WeightNorm permits None, Spectral, WeightNormalization {}
