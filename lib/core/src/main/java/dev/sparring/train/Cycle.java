package dev.sparring.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both generators of a game with a backward direction, as one of the directions sees them.
 *
 * @param forward the forward pass of this direction's generator
 * @param backward that of the other one's
 */
public record Cycle(ForwardPass forward, ForwardPass backward) {
  /**
   * As one of the directions sees them.
   *
   * @param generators of all directions
   * @param direction the index of this one
   * @return null if there is one direction only
   */
  public static @Nullable Cycle of(List<? extends ForwardPass> generators, int direction) {
    return generators.size() == 1
        ? null
        : new Cycle(generators.get(direction), generators.get(1 - direction));
  }
}
