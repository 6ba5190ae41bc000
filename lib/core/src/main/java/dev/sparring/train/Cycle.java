package dev.sparring.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both generators of a game with a backward direction, from the view of one direction.
 *
 * @param forward the forward pass of this direction's generator
 * @param backward the forward pass of the other direction's generator
 */
public record Cycle(ForwardPass forward, ForwardPass backward) {
  /**
   * From the view of one direction.
   *
   * @param generators the generators of all directions
   * @param direction the index of this direction
   * @return null if there is only one direction
   */
  public static @Nullable Cycle of(List<? extends ForwardPass> generators, int direction) {
    return generators.size() == 1
        ? null
        : new Cycle(generators.get(direction), generators.get(1 - direction));
  }
}
