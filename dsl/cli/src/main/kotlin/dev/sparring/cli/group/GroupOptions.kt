package dev.sparring.cli.group

import dev.sparring.cli.BadInput
import dev.sparring.cli.ThreadsOption
import dev.sparring.process.NativeProcess
import dev.sparring.setting.Shown
import dev.sparring.tensor.GroupAddress
import java.time.Duration
import picocli.CommandLine.Option

/** The options that let several processes train one recipe. */
internal class GroupOptions {
    @Option(
        names = [PROCESSES],
        paramLabel = "N|auto",
        description =
            [
                "train with N processes on this machine, which share its processors; auto: as one " +
                    "of the processes that a launcher has started, by MASTER_ADDR, MASTER_PORT, " +
                    "RANK and WORLD_SIZE, or Slurm's variables; train.accumulate has to be a " +
                    "multiple of their number"
            ],
    )
    var processes: String? = null

    @Option(
        names = ["--group-timeout"],
        paramLabel = "SECONDS",
        description =
            [
                "how long processes wait for one that does not answer (default: " +
                    "1800); an evaluation, for which all wait, has to be shorter"
            ],
    )
    var timeout: Long = GroupAddress.TIMEOUT.toSeconds()

    /** Whether this process starts the others itself. */
    val isLocal: Boolean
        get() = local() > 1

    /** The processes to train with on this machine; 0 if a launcher says it. */
    private fun local(): Int =
        when (val text = processes) {
            null -> 1
            AUTO -> 0
            else ->
                text.toIntOrNull()?.takeIf { it in 1..MOST }
                    ?: throw BadInput(
                        "$PROCESSES: expected 1 to $MOST, or auto, got ${Shown.quoted(text)}"
                    )
        }

    /** The place of this process among those that train together; null for one alone. */
    fun address(environment: Map<String, String>): GroupAddress? {
        if (timeout < 1) throw BadInput("--group-timeout: must be 1 or more, got $timeout")
        val count = local()
        val address =
            try {
                when (count) {
                    0 -> GroupAddress.of(environment)
                    1 -> return null
                    else -> GroupAddress(LocalProcesses.HOST, LocalProcesses.freePort(), 0, count)
                }
            } catch (e: IllegalArgumentException) {
                throw BadInput("$PROCESSES auto: ${e.message}", e)
            }
        return if (address.size == 1) null else address.within(Duration.ofSeconds(timeout))
    }

    /**
     * Shares the processors of this machine out, unless a number of threads is asked for. To be
     * called before the first library loads, so before scripts are read.
     */
    fun shareProcessors(threads: ThreadsOption) {
        val count = local()
        if (count < 2 || threads.threads != null || NativeProcess.givesThreads(System.getenv()))
            return
        threads.ask(maxOf(1, NativeProcess.threads() / count))
        threads.source = "$PROCESSES $count"
    }

    /** A line for a process that was started as one of several and is not asked to join them. */
    fun unasked(environment: Map<String, String>): String? {
        val size = environment["WORLD_SIZE"]?.toIntOrNull() ?: return null
        if (processes != null || size < 2) return null
        return "WORLD_SIZE is $size, and this process trains by itself; $PROCESSES auto joins the others"
    }

    /** The device of this process: where a launcher starts several on a host, a card for each. */
    fun device(device: String, environment: Map<String, String>): String {
        val place = environment["LOCAL_RANK"] ?: environment["SLURM_LOCALID"]
        return if (device != "cuda" || processes == null) device
        else place?.toIntOrNull()?.let { "cuda:$it" } ?: device
    }

    companion object {
        const val PROCESSES = "--processes"
        const val AUTO = "auto"
        private const val MOST = 1024
    }
}
