package dev.sparring.dsl

/** How a sweep compares its cells with the baseline. */
public enum class ComparisonTest {
    /**
     * By ranks, the default: a run that failed or diverged is worse than every figure, equal values
     * share their ranks. The p-value is that of Mann and Whitney's U under all permutations.
     */
    WORST_RANK,

    /**
     * The difference of the means of the runs that survived, under all permutations. Failures do
     * not count here: a cell that loses all but its lucky runs looks good.
     */
    MEAN,

    /**
     * By the ranks of differences between runs that share a seed, under all flips of their signs;
     * if one of the two failed, that is the greatest difference.
     */
    PAIRED,
}
