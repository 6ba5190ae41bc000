package dev.sparring.cli.reproduce

import dev.sparring.cli.BadInput
import dev.sparring.cli.BeginOptions
import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.ThreadsOption
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.group.GroupOptions
import dev.sparring.process.NativeProcess
import dev.sparring.run.RunDirectory
import java.nio.file.Path

/**
 * Trains a run again, in a JVM for each start of it, or as many as trained together, here on one
 * machine: threads and kernels are chosen once, when libraries load.
 */
internal class Retraining(
    private val recorded: RecordedRun,
    private val target: RunDirectory,
    private val options: Options,
    private val log: (String) -> Unit,
) {
    /**
     * What the user chooses.
     *
     * @param threads instead of the run's
     * @param init the file of first weights
     * @param fork the checkpoint that the run was forked from
     * @param words the options that bring the words of jars
     */
    class Options(val threads: Int?, val init: Path?, val fork: Path?, val words: List<String>)

    /** @return false if the user interrupts it */
    fun run(): Boolean {
        for ((i, part) in recorded.parts.withIndex()) {
            val next = recorded.parts.getOrNull(i + 1)
            val retries = if (next == null) recorded.retries else 0
            val process =
                builder(part, next?.from ?: recorded.end, retries)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
            val last = ChildJvm.follow(process, log)
            when (val code = process.waitFor()) {
                ExitCode.DONE -> Unit
                ExitCode.DIVERGED -> return true
                in ChildJvm.INTERRUPTED -> return false
                else -> throw BadInput("it cannot be trained again (exit code $code): $last")
            }
        }
        return true
    }

    private fun builder(part: RecordedRun.Part, end: Long?, retries: Int): ProcessBuilder {
        val train =
            listOf("train", "${recorded.recipe}", "--out", "${target.path}") +
                recorded.changes.flatMap { listOf("--set", it) } +
                listOf("--engine", part.engine, "--device", part.device)
        val begin =
            if (part.from > 0) listOf("--resume")
            else
                listOf(
                        BeginOptions.INIT to options.init,
                        BeginOptions.FORK to options.fork,
                        BeginOptions.FORK_RETRIES to recorded.fork?.retries,
                    )
                    .filter { it.second != null }
                    .flatMap { (option, value) -> listOf(option, "$value") }
        val length = part.steps?.let { listOf("--steps", "$it") } ?: emptyList()
        val stop =
            end?.let { listOf(TrainCommand.STOP_AFTER, "$it", TrainCommand.RETRIES, "$retries") }
                ?: emptyList()
        val data = recorded.data?.let { listOf(TrainCommand.DATA, it) } ?: emptyList()
        val keep = listOf("--set", "output.keepCheckpoints=${recorded.keep}")
        val arguments = train + begin + length + stop + data + keep + options.words
        val count = options.threads ?: part.threads ?: NativeProcess.threads()
        val threads = count.takeUnless { recorded.isPortable }
        // As an option, which is the number of each process; else they would be shared out.
        val together =
            if (part.processes == 1) emptyList()
            else
                listOf(GroupOptions.PROCESSES, "${part.processes}") +
                    (threads?.let { listOf(ThreadsOption.NAME, "$it") } ?: emptyList())
        return ChildJvm.builder(threads, arguments + together + TrainCommand.END_WITH_PARENT)
    }
}
