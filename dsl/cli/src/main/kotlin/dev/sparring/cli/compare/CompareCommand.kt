package dev.sparring.cli.compare

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.RecipeDifferences
import dev.sparring.cli.Terminal
import dev.sparring.cli.WordOptions
import dev.sparring.cli.writing
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.suggestion
import dev.sparring.recipe.RecipeException
import dev.sparring.report.runs.ComparedRun
import dev.sparring.report.runs.ComparedRuns
import dev.sparring.report.runs.RunLabels
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunOverview
import dev.sparring.run.RunSearch
import dev.sparring.setting.Shown
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "compare",
    description =
        [
            "Prints figures of runs side by side, the last and the best of each column that all " +
                "have, and how their recipes differ in effect from the first one's.",
            "A star marks the best number of a row. Figures that cannot be compared, because " +
                "the runs saw other data or were measured in another way, are named with the " +
                "reason instead.",
        ],
    mixinStandardHelpOptions = true,
)
internal class CompareCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(paramLabel = "RUN", arity = "2..*", description = ["two or more run directories"])
    lateinit var folders: List<Path>

    @Option(
        names = ["--figures"],
        paramLabel = "NAME",
        split = ",",
        description =
            ["columns to compare, separated by commas (default: all but those of single weights)"],
    )
    var figures: List<String>? = null

    @Option(
        names = ["--out"],
        paramLabel = "FILE.png",
        description =
            [
                "writes the latest samples of all runs as one picture, of the same step if there is one"
            ],
    )
    var output: Path? = null

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        output?.let { if (!"$it".endsWith(".png")) throw BadInput("--out: '$it' must end in .png") }
        folders
            .groupBy { it.toAbsolutePath().normalize() }
            .values
            .find { it.size > 1 }
            ?.let { throw BadInput("${it.first()}: is named twice; expected different runs") }
        val labels = RunLabels.of(folders)
        val loaded = folders.map(::recipe)
        val runs =
            folders.indices.map { i ->
                val recipe = loaded[i]?.recipe?.resolved()
                ComparedRun.of(labels[i], overview(folders[i]), recipe, terminal::log)
            }
        terminal.out.print(FigureTable.overview(runs))
        figures(ComparedRuns(runs))
        recipes(runs, loaded)
        output?.let { file ->
            writing(file, "compared.png") { LastPictures(runs, terminal::log).write(file) }
            terminal.out.println("\n$file")
        }
        return ExitCode.DONE
    }

    private fun overview(folder: Path): RunOverview {
        if (!RunSearch.isRun(folder)) {
            throw BadInput("$folder: no run here; expected a run directory")
        }
        val overview = RunOverview.of(RunDirectory(folder))
        overview.damage.firstOrNull()?.let { throw BadInput(it) }
        return overview
    }

    /** Null, with a line, if it cannot be read here; the figures can. */
    private fun recipe(folder: Path): LoadedRecipe? {
        fun unknown(e: Exception): LoadedRecipe? {
            terminal.log("the recipe is not known here, so it is not compared: ${e.message}")
            return null
        }
        val run = RunDirectory(folder)
        // It is refused with the run's other damage, in its own words.
        if (!RunSearch.isRun(folder)) return null
        return try {
            LoadedRecipe.of(run, own.words)
        } catch (e: RunException) {
            unknown(e)
        } catch (e: RecipeSyntaxException) {
            unknown(e)
        } catch (e: RecipeException) {
            unknown(e)
        } catch (e: BadInput) {
            unknown(e)
        }
    }

    private fun figures(compared: ComparedRuns) {
        val asked = figures?.onEach { require(it, compared) }
        val names =
            compared.comparable.filter {
                if (asked == null) !ComparedRuns.isOfWeight(it) else it in asked
            }
        if (compared.problems.isNotEmpty()) terminal.out.println()
        compared.problems.forEach { terminal.out.println(Shown.line(it)) }
        if (names.isNotEmpty()) {
            terminal.out.println()
            terminal.out.print(FigureTable(compared, names).text())
        } else if (compared.problems.isEmpty()) {
            terminal.out.println("\nthe runs have no figures in common")
        }
        if (asked != null) return
        val weights = compared.comparable.count(ComparedRuns::isOfWeight)
        if (weights > 0) {
            terminal.log("$weights figures of single weights are left out; --figures shows some")
        }
        for ((label, all) in compared.onlySome()) {
            val (ofWeights, others) = all.partition(ComparedRuns::isOfWeight)
            val more = if (ofWeights.isEmpty()) "" else " and ${ofWeights.size} of single weights"
            terminal.log("not all runs have these figures of $label: ${others.joinToString()}$more")
        }
    }

    private fun require(name: String, compared: ComparedRuns) {
        if (name in compared.shared) return
        val meant = suggestion(name, compared.shared)
        throw BadInput(
            "--figures: not all runs have '$name'; " +
                if (meant != null) "did you mean '$meant'?"
                else
                    "all have ${compared.shared.filterNot(ComparedRuns::isOfWeight).joinToString()}"
        )
    }

    private fun recipes(runs: List<ComparedRun>, loaded: List<LoadedRecipe?>) {
        val first = loaded.firstOrNull() ?: return
        for (i in 1 until runs.size) {
            val other = loaded[i] ?: continue
            val differences = RecipeDifferences(first, other, own.words)
            differences.limits?.let(terminal::log)
            val (a, b) = runs[0].label to runs[i].label
            terminal.out.println()
            if (differences.isEmpty)
                terminal.out.println("the recipes of $a and $b are ${differences.equal}")
            else terminal.out.print(differences.table(a, b))
        }
    }
}
