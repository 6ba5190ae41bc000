package dev.sparring.eval;

import dev.sparring.metric.Features;
import dev.sparring.metric.GaussianMoments;

/** Features of real samples, and their moments. */
record RealFeatures(Features features, GaussianMoments moments) {}
