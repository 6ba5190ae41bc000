package dev.sparring.cli.cluster

/** Why a cluster cannot train, in one line. */
public class ClusterException @JvmOverloads constructor(message: String, cause: Throwable? = null) :
    RuntimeException(message, cause)
