package dev.sparring.cli.explain

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.TwoRecipes
import dev.sparring.cli.existingRun
import dev.sparring.cli.sweep.OpenRuns
import dev.sparring.cli.sweep.RunsOptions
import dev.sparring.cli.sweep.SweepChecks
import dev.sparring.cli.sweep.SweepHold
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.cli.sweep.SweepTable
import dev.sparring.dsl.Overrides
import dev.sparring.dsl.explain.Explain
import dev.sparring.dsl.explain.ExplainException
import dev.sparring.dsl.explain.ExplainRequest
import dev.sparring.dsl.explain.Explanation
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.metric.Direction
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option

@Command(
    name = "explain",
    description =
        [
            "Explains by experiment why two recipes differ: walks from A to B one setting at a " +
                "time, in all orders or in some, and writes how much of the difference in a figure " +
                "and in failures each setting carries.",
            "A run directory stands for the recipe that it was trained with. Started again, it " +
                "resumes; finished runs are not repeated.",
        ],
    mixinStandardHelpOptions = true,
)
internal class ExplainCommand(private val terminal: Terminal) : Callable<Int> {
    @Mixin val two: TwoRecipes = TwoRecipes()

    @Mixin val options: RunsOptions = RunsOptions()

    @Option(
        names = ["--set"],
        paramLabel = "path=value",
        description = ["changes one setting of both recipes, e.g. train.steps; may be repeated"],
    )
    var overrides: List<String> = emptyList()

    @Option(
        names = ["--seeds"],
        paramLabel = "1..K",
        description = ["the seeds of each recipe: 1..5, 5, or 2,3,7 (default: 1..3)"],
    )
    var seeds: String = "1..3"

    @Option(
        names = ["--figure"],
        paramLabel = "COLUMN",
        description =
            [
                "the column of metrics that is explained; may be repeated (default: the first " +
                    "figure of samples)"
            ],
    )
    var figures: List<String> = emptyList()

    @Option(
        names = ["--better"],
        paramLabel = "lower|higher",
        description = ["which values of that column are better, where it is not known"],
    )
    var better: Direction? = null

    @Option(
        names = ["--join"],
        paramLabel = "SETTINGS",
        description =
            [
                "moves that are made together, by the beginnings of their names: loss,optimizer; " +
                    "may be repeated"
            ],
    )
    var joins: List<String> = emptyList()

    @Option(
        names = ["--despite-warnings"],
        description =
            [
                "keeps moves apart that would be joined only because check warns of a mixture, and " +
                    "of neither recipe"
            ],
    )
    var despiteWarnings: Boolean = false

    @Option(
        names = ["--permutations"],
        paramLabel = "N",
        description =
            [
                "draws N orders of the moves, each second one the reverse of the one before " +
                    "(default: all orders, of 8 moves at most)"
            ],
    )
    var permutations: Int? = null

    @Option(
        names = ["--permutation-seed"],
        paramLabel = "SEED",
        description = ["the seed of these orders (default: 1)"],
    )
    var permutationSeed: Long = 1

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["where runs and tables go (default: explained/A-B, by the recipes' names)"],
    )
    var output: Path? = null

    @Option(
        names = ["--dry-run"],
        description = ["prints moves, runs and what they cost, and trains none"],
    )
    var dry: Boolean = false

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        options.check()
        val seeds = SeedList.of(seeds)
        permutations?.let {
            if (it !in 1..MOST_ORDERS) {
                throw BadInput("--permutations: expected 1 to $MOST_ORDERS, got $it")
            }
        }
        val words = options.own.words
        val (a, b) = two.all.map { read(it) }
        val request =
            ExplainRequest(
                "${a.name}-${b.name}",
                figures,
                better,
                seeds,
                permutations,
                permutationSeed,
                joins.map { join -> join.split(',').map(String::trim) },
            )
        val plan =
            try {
                val rules = if (despiteWarnings) emptyList() else words.lints()
                Explain(a, b, words.format, rules).plan(request)
            } catch (e: ExplainException) {
                throw BadInput(place(e) + e.message, e)
            }
        SweepChecks.requireText(plan.sweep, words, two.first)
        return explain(plan, output ?: Path.of("explained").resolve(request.name))
    }

    /** Options name themselves. */
    private fun place(e: ExplainException) =
        if (e.message.orEmpty().startsWith("--")) "" else "$two: "

    private fun read(path: Path): Recipe {
        val words = options.own.words
        val changes = overrides + options.engines.changes
        val isRun = Files.isDirectory(path)
        val loaded =
            if (isRun) LoadedRecipe.of(existingRun(path), words)
            else LoadedRecipe.read(path, changes, words)
        if (!isRun) loaded.plan()
        val recipe =
            if (isRun) Overrides.apply(loaded.recipe, changes, words.format) else loaded.recipe
        GamePlan.of(recipe)
        return recipe
    }

    private fun explain(plan: Explanation, root: Path): Int {
        val runs = SweepRun.all(plan.sweep, root, options.own.words)
        options.engines.threads.requireFor(runs.any { it.recipe.train.portable }, terminal::log)
        val open = OpenRuns(options, null, spec.commandLine(), terminal)
        val moves = MoveText(plan, "${two.first}", "${two.second}")
        if (dry) {
            terminal.out.print(moves.text())
            open.list(runs)
            terminal.out.println(ExplainCost(plan, runs, two.all).line())
            return ExitCode.DONE
        }
        return SweepHold.take(root).use { train(plan, runs, open, moves, root) }
    }

    private fun train(
        plan: Explanation,
        runs: List<SweepRun>,
        open: OpenRuns,
        moves: MoveText,
        root: Path,
    ): Int {
        val count = "${runs.size} runs: ${plan.sweep.cells.size} recipes, ${seeds(plan)}"
        terminal.log("${plan.moves.size} moves; $count")
        val failures =
            open.train(runs) { SweepResult.of(it, plan.sweep).line } ?: return ExitCode.INTERRUPTED
        failures.forEach(terminal::error)
        val results = runs.map { SweepResult.of(it, plan.sweep) }
        val table = SweepTable(plan.sweep, results)
        val explained = plan.sweep.measures.map { ExplainedFigure(plan, results, it) }
        val text = ExplainText(plan, explained)
        try {
            AtomicFile.writeText(root.resolve("table.csv"), table.csv())
            AtomicFile.writeText(root.resolve("runs.csv"), table.runsCsv())
            AtomicFile.writeText(root.resolve("moves.csv"), moves.csv())
            AtomicFile.writeText(root.resolve("notes.csv"), text.notesCsv(moves))
            AtomicFile.writeText(root.resolve("explain.csv"), ExplainCsv(plan, explained).text())
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, root, "cannot be written"), e)
        }
        terminal.out.print(moves.text())
        terminal.out.print(text.text())
        return if (failures.isEmpty()) ExitCode.DONE else ExitCode.BAD_INPUT
    }

    private fun seeds(plan: Explanation) =
        plan.sweep.seeds.size.let { if (it == 1) "1 seed" else "$it seeds each" }

    private companion object {
        const val MOST_ORDERS = 1000
    }
}
