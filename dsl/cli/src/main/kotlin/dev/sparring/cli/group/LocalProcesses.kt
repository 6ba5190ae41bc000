package dev.sparring.cli.group

import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.TrainCommand
import dev.sparring.tensor.EngineException
import dev.sparring.tensor.Group
import dev.sparring.tensor.GroupAddress
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * The other processes of a training on this machine, started by its first one. They end when it
 * does, however that ends.
 */
internal class LocalProcesses private constructor(private val children: List<Child>) :
    AutoCloseable {
    private class Child(val rank: Int, val process: Process, log: (String) -> Unit) {
        @Volatile private var last = ""
        private val reader =
            thread(isDaemon = true, name = "process $rank") {
                ChildJvm.follow(process) { line ->
                    last = line
                    if (Group.LEFT_ALONE !in line) log("process $rank: $line")
                }
            }

        /** How it ended, if it has. */
        fun ending(): String? {
            if (process.isAlive) return null
            reader.join(TimeUnit.SECONDS.toMillis(1))
            val code = process.exitValue()
            val how =
                when {
                    code in ChildJvm.INTERRUPTED -> "was stopped"
                    last.isNotEmpty() && code <= ExitCode.INTERRUPTED -> last
                    else -> ChildJvm.ending(code, last)
                }
            return "process $rank: $how"
        }
    }

    /**
     * Why one of them ended before its time; null if none has.
     *
     * @param millis how long to wait for one to end
     */
    fun failure(millis: Long = 0): String? {
        val end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)
        while (true) {
            // One that was left alone says less than the one that left.
            val failures = children.mapNotNull { it.ending() }
            failures
                .firstOrNull { Group.LEFT_ALONE !in it }
                ?.let {
                    return it
                }
            if (System.nanoTime() >= end) return failures.firstOrNull()
            Thread.sleep(POLL_MILLIS)
        }
    }

    /** Waits for what one of them shall do as long as none fails. */
    fun <T> unlessOneFails(work: () -> T): T {
        var result: Result<T>? = null
        val worker = thread(isDaemon = true) { result = runCatching(work) }
        while (worker.isAlive) {
            worker.join(POLL_MILLIS)
            if (worker.isAlive) failure()?.let { throw EngineException(it) }
        }
        return checkNotNull(result).getOrThrow()
    }

    /** Waits until they have ended. */
    fun await() {
        children.forEach { it.process.waitFor() }
    }

    /** Ends them; those that train write nothing. */
    override fun close() {
        children.forEach { ChildJvm.letEnd(it.process) }
        for (child in children) {
            if (!child.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                child.process.destroyForcibly()
            }
        }
    }

    companion object {
        const val HOST = "127.0.0.1"

        private const val POLL_MILLIS = 100L
        private const val PATIENCE_SECONDS = 10L

        /** A free port. */
        fun freePort(): Int = ServerSocket(0, 1, InetAddress.getByName(HOST)).use { it.localPort }

        /**
         * Starts them.
         *
         * @param address of the first one
         * @param threads of each; null for a portable run
         * @param arguments the command line of each
         * @param log receives what they say, a line each
         */
        fun start(
            address: GroupAddress,
            threads: Int?,
            arguments: List<String>,
            log: (String) -> Unit,
        ): LocalProcesses =
            LocalProcesses(
                (1 until address.size).map { rank ->
                    val builder =
                        ChildJvm.builder(threads, arguments + TrainCommand.END_WITH_PARENT)
                    builder.environment() +=
                        mapOf(
                            "MASTER_ADDR" to address.host,
                            "MASTER_PORT" to "${address.port}",
                            "RANK" to "$rank",
                            "WORLD_SIZE" to "${address.size}",
                            "LOCAL_RANK" to "$rank",
                        )
                    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    Child(rank, builder.start(), log)
                }
            )
    }
}
