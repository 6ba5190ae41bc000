package dev.sparring.cli.cluster

/**
 * The cluster that the options of a command ask for, which has been checked.
 *
 * @property settings of the cluster's own, by name
 */
internal class ChosenCluster(
    val master: String,
    val settings: Map<String, String>,
    val service: SweepCluster,
)
