package dev.sparring.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a layer has, and who decides it.
 *
 * @param value an initializer or a normalization
 * @param origin who decides it
 * @param setting the setting of the network that decides it, e.g. {@code initByKind.conv}; null
 *     where none does
 */
public record Choice<T>(T value, Origin origin, @Nullable String setting) {
  /** A choice that no setting of the network decides. */
  Choice(T value, Origin origin) {
    this(value, origin, null);
  }
}
