package dev.sparring.cli.sweep

/** What trains the runs of a sweep: processes of this machine, or a cluster. */
internal interface SweepTrainer {
    /**
     * Trains them all and returns the failures, a line each; divergence is no failure here.
     *
     * @param stopped is told once all have ended because the user interrupts it
     * @return null if the user interrupts it
     */
    fun train(runs: List<SweepRun>, stopped: () -> Unit): List<String>?
}
