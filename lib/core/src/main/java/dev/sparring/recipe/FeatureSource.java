package dev.sparring.recipe;

/** The features by which a run compares generated and real samples. */
public sealed interface FeatureSource permits PixelFeatures, ClassifierFeatures, NetworkFeatures {}
