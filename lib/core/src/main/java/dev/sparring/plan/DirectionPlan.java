package dev.sparring.plan;

/**
 * A planned generator and the discriminator of its samples.
 *
 * @param generator from noise, or a source, to a sample; backward from a sample to a source
 * @param discriminator from one sample or a pack of samples to scores
 * @param isBackward whether sources are generated from samples
 */
public record DirectionPlan(NetworkPlan generator, NetworkPlan discriminator, boolean isBackward) {}
