package dev.sparring.init;

/**
 * Where a weight stands among the residual branches of its network.
 *
 * @param branches number of residual branches in the network
 * @param depth number of weights in the weight's own branch, without those of residual branches
 *     inside it; 0 if it is in none
 * @param index number of the weight in that branch, from 0
 * @param isLast whether it is the last weight of the network
 */
public record Position(int branches, int depth, int index, boolean isLast) {}
