package dev.sparring.plan;

/**
 * A generator and the discriminator that judges what it generates, as planned.
 *
 * @param generator from noise, or a source, to a sample; backward from a sample to a source
 * @param discriminator from what it sees of a sample, or of several, to scores
 * @param isBackward whether sources are generated from samples
 */
public record DirectionPlan(NetworkPlan generator, NetworkPlan discriminator, boolean isBackward) {}
