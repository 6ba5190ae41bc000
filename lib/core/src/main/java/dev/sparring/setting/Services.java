package dev.sparring.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What users bring by {@code META-INF/services}: words, lints, gauges and detectors. */
public final class Services {
  private Services() {}

  /**
   * New objects of every class that a class path names for a service.
   *
   * @param what messages call them, e.g. {@code a lint}
   * @throws IllegalArgumentException if one cannot be loaded; the message names it
   */
  public static <T> List<T> load(Class<T> service, ClassLoader loader, String what) {
    List<T> found = new ArrayList<>();
    try {
      ServiceLoader.load(service, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(what + " cannot be loaded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(what + " cannot be loaded: " + e, e);
    }
    return found;
  }
}
