package dev.sparring.cli.cluster

/**
 * A cluster that trains the runs of sweeps. It is a service: the command line brings none itself,
 * and takes the one that is on its class path, such as that of `sparring-spark`.
 */
public interface SweepCluster {
    /**
     * Connects to the cluster.
     *
     * @throws ClusterException if that is not possible
     */
    public fun connect(order: ClusterOrder): Session

    /** A connection to a cluster, for one sweep. */
    public interface Session : AutoCloseable {
        /**
         * Trains runs, and returns when all have ended, or soon after [stop]. A run whose machine
         * is lost or which is interrupted is started again, elsewhere or there; all others end
         * once, however they end.
         *
         * @param listener is told by one thread at a time
         * @throws ClusterException if the cluster ends the connection
         */
        public fun train(runs: List<ClusterRun>, listener: ClusterListener)

        /**
         * Lets no further run start, and those that are trained write a checkpoint and end. Called
         * by another thread than the one that trains.
         */
        public fun stop()

        override fun close()
    }
}
