package dev.sparring.tensor;

/**
 * What a training computes most, by which an engine may divide its threads.
 *
 * @param convolves whether there are convolutions
 * @param largestProduct floating-point operations of the largest matrix product of a forward pass,
 *     which is a dense layer's; 0 if there is none
 */
public record Workload(boolean convolves, double largestProduct) {}
