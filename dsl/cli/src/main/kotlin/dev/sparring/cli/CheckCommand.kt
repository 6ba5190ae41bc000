package dev.sparring.cli

import dev.sparring.lint.Lints
import dev.sparring.lint.Warning.Level
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Ability
import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "check",
    description =
        [
            "Prints shapes, parameters, initializers, normalizations and what conventions decide, " +
                "and warns of likely mistakes, without training; of a script's list, for each recipe."
        ],
    mixinStandardHelpOptions = true,
)
internal class CheckCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin lateinit var source: RecipeOptions

    @Mixin lateinit var engines: EngineOptions

    @Option(
        names = ["--notes"],
        description = ["also list choices that are often made on purpose but may surprise"],
    )
    var notes = false

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        val all = source.loadAll()
        all.forEachIndexed { i, loaded ->
            if (all.size > 1) terminal.out.println((if (i == 0) "" else "\n") + loaded.title)
            check(loaded)
        }
        return ExitCode.DONE
    }

    private fun check(loaded: LoadedRecipe) {
        val plan = loaded.plan()
        val isNamed = listOf("--engine", "--device", ThreadsOption.NAME).any(::asked)
        val engine = if (isNamed) describe(loaded.recipe) else null
        terminal.out.print(PlanTable(plan).text())
        terminal.out.println("\n" + MemoryCheck(plan, engines).text())
        engine?.let { terminal.out.println(it) }
        Lints.check(plan, source.words.lints())
            .filter { notes || it.level == Level.WARNING }
            .forEach { terminal.error("${it.level.name.lowercase()}: $it") }
    }

    private fun asked(option: String) = spec.commandLine().parseResult.hasMatchedOption(option)

    /** Opening an engine takes seconds, so it is opened only if the user names one. */
    private fun describe(recipe: Recipe): String =
        engines.openToLook(recipe.train, terminal::log).use { engine ->
            val abilities =
                Ability.entries.filter { it in engine.abilities() }.joinToString { words(it) }
            "\nengine ${engine.name()}: ${engine.version()}, ${engine.device()}; " +
                abilities.ifEmpty { "first derivatives only" }
        }

    private fun words(ability: Ability): String =
        when (ability) {
            Ability.SECOND_DERIVATIVES -> "second derivatives"
            Ability.BIT_EXACT_REPEATS -> "bit-exact repeats"
            Ability.GROUPS -> "several processes"
        }
}
