package dev.sparring.cli.group

import dev.sparring.cli.Interruption
import dev.sparring.data.DataSet
import dev.sparring.plan.GamePlan
import dev.sparring.tensor.Engine
import dev.sparring.train.DivergedException
import dev.sparring.train.Ending
import dev.sparring.train.Training

/**
 * Trains as one of several processes, but not the first: it writes, measures and reports nothing,
 * and goes back after a divergence if the first one does.
 */
internal class Follower(
    private val plan: GamePlan,
    private val engine: Engine,
    private val data: DataSet,
    private val team: Team,
) {
    fun train(): Ending = Interruption().use(::attempts)

    private fun attempts(interruption: Interruption): Ending {
        while (true) {
            val training = Training.ofOpened(plan, engine, data)
            team.join(training)
            interruption.watch(training)
            try {
                return training.run().also { team.finish() }
            } catch (_: DivergedException) {
                // The first process says why.
                if (!team.decided(false)) return Ending.DIVERGED
            } finally {
                interruption.forget()
            }
        }
    }
}
