package dev.sparring.cli.group

import dev.sparring.cli.Workbench
import dev.sparring.cli.awaitFile
import dev.sparring.cli.jvm
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.readBytes
import kotlin.io.path.readText

/** A recipe whose updates four processes can share. */
internal val SHARED: String = Workbench.SMALL.replace("steps: 6,", "steps: 12, accumulate: 4,")

/**
 * The processes of a group, as a launcher starts them: each in a JVM, with a log of its own.
 *
 * @param host of process 0
 * @param through the words before the command of a process, by its number
 */
internal class Members(
    private val folder: Path,
    private val count: Int,
    private val host: String = "127.0.0.1",
    private val through: (Int) -> List<String> = { emptyList() },
) {
    private val port = LocalProcesses.freePort()
    val processes: MutableMap<Int, Process> = sortedMapOf()

    /** Starts one of them. */
    fun start(rank: Int, vararg args: Any): Process {
        val options = listOf("--processes", "auto")
        val builder =
            jvm(folder, "log$rank", listOf("train") + args.map { "$it" } + options, through(rank))
        builder.environment() +=
            mapOf(
                "MASTER_ADDR" to host,
                "MASTER_PORT" to "$port",
                "RANK" to "$rank",
                "WORLD_SIZE" to "$count",
                "XDG_CONFIG_HOME" to "$folder",
            )
        return builder.start().also { processes[rank] = it }
    }

    fun startAll(vararg args: Any) {
        for (rank in 0 until count) start(rank, *args)
    }

    /** Their exit codes, once all have ended. */
    fun codes(): List<Int> {
        for (process in processes.values) {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                processes.values.forEach { it.destroyForcibly() }
                error(
                    "a process did not end: " +
                        (0 until count).joinToString("\n", transform = ::log)
                )
            }
        }
        return processes.values.map { it.exitValue() }
    }

    fun log(rank: Int): String = folder.resolve("log$rank").readText()

    fun awaitFile(file: Path) = awaitFile(file, *processes.values.toTypedArray())

    private companion object {
        const val SECONDS = 120L
    }
}

/** The tensors of a run's checkpoint of a step, by file. */
internal fun tensors(run: Path, step: Int): Map<String, List<Byte>> =
    Files.list(run.resolve("checkpoints/%06d".format(step))).use { files ->
        files
            .toList()
            .filter { "$it".endsWith(".safetensors") }
            .associate { "${it.fileName}" to it.readBytes().toList() }
    }
