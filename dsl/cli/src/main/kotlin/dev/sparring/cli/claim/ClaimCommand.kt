package dev.sparring.cli.claim

import dev.sparring.cli.BadInput
import dev.sparring.cli.ExitCode
import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Terminal
import dev.sparring.cli.Words
import dev.sparring.cli.sweep.OpenRuns
import dev.sparring.cli.sweep.RunsOptions
import dev.sparring.cli.sweep.SweepChecks
import dev.sparring.cli.sweep.SweepHold
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.cli.sweep.SweepTable
import dev.sparring.cli.sweep.VerifyOptions
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.claim.Claim
import dev.sparring.dsl.claim.ClaimText
import dev.sparring.file.AtomicFile
import dev.sparring.file.Json
import dev.sparring.file.Reason
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "claim",
    description =
        [
            "Runs the experiment that decides a claim, and says whether it holds.",
            "Started again, it resumes; a claim that was changed after its runs began is refused.",
        ],
    mixinStandardHelpOptions = true,
)
internal class ClaimCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "CLAIM",
        description =
            [
                "a .claim.yaml or .claim.json file: sentence, source, sweep, rule; with --page " +
                    "also a folder of them"
            ],
    )
    lateinit var file: Path

    @Mixin val options: RunsOptions = RunsOptions()

    @Option(
        names = ["--out"],
        paramLabel = "DIR",
        description = ["where runs and the verdict go (default: claims/NAME)"],
    )
    var output: Path? = null

    @Option(
        names = ["--dry-run"],
        description = ["prints the runs, their cost and what the rule can decide; trains none"],
    )
    var dry: Boolean = false

    @Option(
        names = ["--page"],
        description =
            [
                "keeps the results in results/ beside the claim, and writes README.md there about " +
                    "all claims of the folder; of a folder the page only"
            ],
    )
    var page: Boolean = false

    @Mixin val verify: VerifyOptions = VerifyOptions()

    @CommandLine.Spec lateinit var spec: CommandLine.Model.CommandSpec

    override fun call(): Int {
        options.check()
        val words = options.own.words
        val other = if (page) "--page" else if (dry) "--dry-run" else null
        val verified = verify.chosen(other, terminal)
        if (Files.isDirectory(file)) {
            if (!page) throw BadInput("$file: is a folder; --page writes the page of its claims")
            terminal.out.println(pageOf(file, words).write())
            return ExitCode.DONE
        }
        val claim = read(file, words)
        SweepChecks.requireText(claim.sweep, words, file)
        val open = OpenRuns(options, null, spec.commandLine(), terminal)
        if (verified != null) {
            return verified.train(claim.sweep, words, output, options, open)
        }
        val root = output ?: Path.of("claims").resolve(claim.name)
        val runs = SweepRun.all(claim.sweep, root, words)
        options.engines.threads.requireFor(runs.any { it.recipe.train.portable }, terminal::log)
        val now = Registration.now(file, claim.sweep, words)
        if (dry) {
            registration(root, now, runs)
            open.list(runs)
            ClaimReach.lines(claim, open.states(runs)).forEach(terminal.out::println)
            return ExitCode.DONE
        }
        return SweepHold.take(root).use {
            val registered = registration(root, now, runs)
            registered.write(root, RecipeText.textOf(file))
            train(claim, registered, runs, root, open)
        }
    }

    private fun read(file: Path, words: Words): Claim =
        ClaimText.read(file, options.engines.changes, words.format) {
            LoadedRecipe.read(it, emptyList(), words).recipe
        }

    private fun registration(root: Path, now: Registration, runs: List<SweepRun>) =
        Registration.of(root, now, runs.any { it.directory.isUsed })

    private fun pageOf(folder: Path, words: Words) = ClaimsPage(folder) { read(it, words) }

    private fun train(
        claim: Claim,
        registered: Registration,
        runs: List<SweepRun>,
        root: Path,
        open: OpenRuns,
    ): Int {
        val sweep = claim.sweep
        val failures =
            open.train(runs) { SweepResult.of(it, sweep).line } ?: return ExitCode.INTERRUPTED
        failures.forEach(terminal::error)
        if (failures.isNotEmpty()) {
            terminal.error("no verdict: ${failures.size} of ${runs.size} runs could not be trained")
            return ExitCode.BAD_INPUT
        }
        val results = runs.map { SweepResult.of(it, sweep) }
        val found = ClaimResults(claim, registered, runs, Judge(claim, results))
        val json = Json.pretty(found.json())
        try {
            AtomicFile.write(root.resolve("claim.json")) { it.write(json) }
            AtomicFile.writeText(root.resolve("runs.csv"), found.csv())
            AtomicFile.writeText(root.resolve("table.csv"), SweepTable(sweep, results).csv())
        } catch (e: IOException) {
            throw BadInput(Reason.line(e, root, "cannot be written"), e)
        }
        ClaimLines(Json.read(json)).text().forEach(terminal.out::println)
        if (page) {
            ClaimsPage.keep(file, claim.name, json, found.csv())
            val folder = file.toAbsolutePath().parent
            terminal.log("page: ${pageOf(folder, options.own.words).write()}")
        }
        return ExitCode.DONE
    }
}
