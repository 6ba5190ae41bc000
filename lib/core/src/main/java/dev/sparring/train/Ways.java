package dev.sparring.train;

/**
 * Both generators of a game with a way back, as one of the directions sees them.
 *
 * @param forth the forward pass of this direction's generator
 * @param back that of the other one's
 */
public record Ways(Judge forth, Judge back) {}
