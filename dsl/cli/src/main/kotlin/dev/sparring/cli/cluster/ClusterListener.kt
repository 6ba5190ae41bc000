package dev.sparring.cli.cluster

/** Is told how the runs on a cluster end. */
public interface ClusterListener {
    /**
     * The process of a run has ended.
     *
     * @param exitCode as Java has it: 128 and the number of a signal, if one ended it
     * @param last its last line
     * @param place the machine
     * @param seconds how long the process ran
     */
    public fun ended(run: ClusterRun, exitCode: Int, last: String, place: String, seconds: Double)

    /** A run could not be started, or its machine was lost too often. */
    public fun failed(run: ClusterRun, reason: String)
}
