package dev.sparring.cli.cluster

import java.net.URLClassLoader
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

/** A cluster that does what a test says. */
class FakeCluster : SweepCluster {
    override fun connect(order: ClusterOrder): SweepCluster.Session {
        orders += order
        return object : SweepCluster.Session {
            override fun train(runs: List<ClusterRun>, listener: ClusterListener) =
                runs.forEach { work(it, listener) }

            override fun stop() = Unit

            override fun close() {
                closed++
            }
        }
    }

    companion object {
        /** Of all instances, which the service makes by itself; one test runs at a time. */
        val orders: MutableList<ClusterOrder> = mutableListOf()
        var closed: Int = 0
        var work: (ClusterRun, ClusterListener) -> Unit = { _, _ -> }

        /** Calls something where the service is on the class path. */
        fun <T> present(folder: Path, call: () -> T): T {
            val services = folder.resolve("META-INF/services").createDirectories()
            services.resolve(SweepCluster::class.java.name).writeText(FakeCluster::class.java.name)
            val thread = Thread.currentThread()
            val before = thread.contextClassLoader
            val urls = arrayOf(folder.toUri().toURL())
            URLClassLoader(urls, before).use {
                thread.contextClassLoader = it
                try {
                    return call()
                } finally {
                    thread.contextClassLoader = before
                }
            }
        }
    }
}
