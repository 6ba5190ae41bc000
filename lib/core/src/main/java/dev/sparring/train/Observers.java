package dev.sparring.train;

import dev.sparring.setting.Services;

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
    Services.load(Gauge.class, loader, "a gauge or detector").forEach(training::measure);
    Services.load(Detector.class, loader, "a gauge or detector").forEach(training::watch);
    return training;
  }
}
