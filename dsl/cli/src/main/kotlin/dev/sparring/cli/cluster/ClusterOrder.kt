package dev.sparring.cli.cluster

import java.util.function.Consumer

/**
 * What a sweep wants of a cluster.
 *
 * @property master the cluster's address, as the user writes it
 * @property settings of the cluster's own, by name
 * @property threads for each run; null if the settings or the cluster decide
 * @property needsCard whether each run needs a graphics card of its own
 * @property log receives what the user should know, a line each, from any thread
 */
public class ClusterOrder(
    public val master: String,
    public val settings: Map<String, String>,
    public val threads: Int?,
    public val needsCard: Boolean,
    public val log: Consumer<String>,
)
