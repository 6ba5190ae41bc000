package dev.sparring.train;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Gauges and detectors that users bring on a class path: what {@code
 * META-INF/services/dev.sparring.train.Gauge} and {@code
 * META-INF/services/dev.sparring.train.Detector} name.
 */
public final class Observers {
  private Observers() {}

  /**
   * Adds new ones of each to a training.
   *
   * @return the training
   * @throws IllegalArgumentException if one cannot be loaded; the message names it
   */
  public static Training attach(Training training, ClassLoader loader) {
    try {
      ServiceLoader.load(Gauge.class, loader).forEach(training::measure);
      ServiceLoader.load(Detector.class, loader).forEach(training::watch);
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(
          "a gauge or detector cannot be loaded: " + e.getMessage(), e);
    }
    return training;
  }
}
