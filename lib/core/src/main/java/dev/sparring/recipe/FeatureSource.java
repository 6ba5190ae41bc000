package dev.sparring.recipe;

/** What samples are compared by when a run measures itself. */
public sealed interface FeatureSource permits PixelFeatures, ClassifierFeatures, NetworkFeatures {}
