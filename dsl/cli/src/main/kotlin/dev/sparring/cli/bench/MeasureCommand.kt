package dev.sparring.cli.bench

import dev.sparring.cli.ChildJvm
import dev.sparring.cli.EngineOptions
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.cli.WordOptions
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.train.Training
import java.io.BufferedReader
import java.util.concurrent.Callable
import kotlinx.serialization.json.Json
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

/** The other end of [MeasuringProcess]. */
@Command(name = MeasureCommand.NAME, hidden = true)
internal class MeasureCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    @Option(names = ["--seconds"], required = true) var seconds: Int = 0

    override fun call(): Int {
        val input = System.`in`.bufferedReader()
        val recipe = readRecipe(input)
        ChildJvm.endWithParent(input, Runtime.getRuntime()::halt)
        val reply = answer(recipe)
        terminal.out.println(MeasuringProcess.MARK + Json.encodeToString<Reply>(reply))
        return if (reply is Reply.Measured) ExitCode.DONE else ExitCode.BAD_INPUT
    }

    private fun readRecipe(input: BufferedReader): Recipe {
        val lines = input.lineSequence().takeWhile { it != MeasuringProcess.END }
        return own.words.format.fromYaml(lines.joinToString("\n"))
    }

    // A failure is an answer too; the most likely one is a lack of memory.
    @Suppress("TooGenericExceptionCaught")
    private fun answer(recipe: Recipe): Reply =
        try {
            engines.open(recipe.train, terminal::log).use { measure(recipe, it) }
        } catch (e: Throwable) {
            val known = e is RuntimeException && e.message != null
            Reply.Failed((if (known) e.message!! else "$e").lines().first())
        }

    private fun measure(recipe: Recipe, engine: Engine): Reply {
        val endless = recipe.train(recipe.train.steps(Int.MAX_VALUE))
        val data = endless.openData(terminal::log)
        val clock = StepClock(seconds.toDouble())
        Training.ofOpened(GamePlan.of(endless), engine, data).listen(clock).run()
        val onProcessor = engine.device().kind() == Device.Kind.CPU
        val peak = if (onProcessor) Machine.peakBytes() else engine.peakBytes().takeIf { it >= 0 }
        return Reply.Measured(engine.version(), clock.seconds, peak)
    }

    companion object {
        const val NAME = "bench-measure"
    }
}
