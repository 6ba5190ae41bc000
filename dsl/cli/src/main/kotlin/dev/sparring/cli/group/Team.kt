package dev.sparring.cli.group

import dev.sparring.run.Meeting
import dev.sparring.tensor.Engine
import dev.sparring.tensor.EngineException
import dev.sparring.tensor.Group
import dev.sparring.tensor.GroupAddress
import dev.sparring.train.Processes
import dev.sparring.train.Training

/** The processes that train together, as one of them sees them. */
internal class Team
private constructor(
    private val engine: Engine,
    private val group: Group,
    private val same: Map<String, String>,
    private val others: LocalProcesses?,
) : AutoCloseable {
    private var processes: Processes? = null

    /**
     * Lets a training be one of the processes', which have to train the same. Returns in what they
     * compute otherwise than the first process, a line each; of their first training only.
     */
    fun join(training: Training): List<String> = explained {
        val met = processes
        val meeting =
            if (met == null) Meeting.of(training, group, same) else Meeting(met, emptyList())
        processes = meeting.processes
        training.join(meeting.processes)
        meeting.differences
    }

    /** What the first process says; the others' own word counts for nothing. */
    fun decided(own: Boolean): Boolean = explained { group.gather(engine, "$own")[0].toBoolean() }

    /** Waits until all have done everything. */
    fun finish() {
        decided(true)
        group.close()
        others?.await()
    }

    /** Says why the others are gone, where this process has started them. */
    fun <T> explained(work: () -> T): T =
        try {
            work()
        } catch (e: EngineException) {
            val why = others?.failure(WAIT_MILLIS) ?: throw e
            throw EngineException("$why; go on with --resume", e)
        }

    override fun close() {
        group.close()
        others?.close()
    }

    companion object {
        /** For a process that has ended to be seen as ended. */
        private const val WAIT_MILLIS = 2_000L

        /**
         * Waits for the others.
         *
         * @param same what has to be equal in all of them, by name
         * @param others those that this process has started
         */
        fun of(
            engine: Engine,
            address: GroupAddress,
            same: Map<String, String>,
            others: LocalProcesses?,
        ): Team {
            val group =
                if (others == null) engine.join(address)
                else others.unlessOneFails { engine.join(address) }
            return Team(engine, group, same, others)
        }
    }
}
