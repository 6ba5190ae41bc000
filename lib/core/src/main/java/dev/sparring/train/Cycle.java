package dev.sparring.train;

/**
 * Both generators of a game with a way back, as one of the directions sees them.
 *
 * @param forward the forward pass of this direction's generator
 * @param backward that of the other one's
 */
public record Cycle(ForwardPass forward, ForwardPass backward) {}
