package dev.sparring.cli.bench

import dev.sparring.cli.BadInput
import dev.sparring.cli.EngineNames
import dev.sparring.cli.ExitCode
import dev.sparring.cli.ProgressLines
import dev.sparring.cli.Terminal
import dev.sparring.cli.ThreadsOption
import dev.sparring.cli.Unmatched
import dev.sparring.cli.WordOptions
import dev.sparring.cli.parseDevice
import dev.sparring.cli.requireEngine
import dev.sparring.cli.writing
import dev.sparring.file.AtomicFile
import dev.sparring.setting.Shown
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "bench",
    description =
        [
            "Measures how fast engines train, and in how much memory.",
            "Each measurement has a process of its own, with this one's JVM options. Engines take " +
                "turns, since machines are not equally fast all the time.",
        ],
    mixinStandardHelpOptions = true,
)
internal class BenchCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "RECIPE",
        arity = "0..*",
        description = ["recipe files, or names of built-in ones (default: sngan-32 digits ring)"],
    )
    var recipes: List<String> = emptyList()

    @Mixin val own: WordOptions = WordOptions()

    @Option(
        names = ["--engine"],
        paramLabel = "NAME",
        completionCandidates = EngineNames::class,
        description = ["an engine; may be repeated (default: all on the class path)"],
    )
    var engines: List<String> = emptyList()

    @Option(
        names = ["--device"],
        paramLabel = "cpu|cuda[:i]",
        description = ["where to compute (default: cpu)"],
    )
    var device: String = "cpu"

    @Option(
        names = ["--portable"],
        description = ["with kernels that every x86-64 processor with AVX2 has, on one thread"],
    )
    var portable: Boolean = false

    @Option(
        names = ["--portable-cost"],
        description =
            [
                "measures each engine with --portable, too, in turn; the table has the ratio of " +
                    "their times"
            ],
    )
    var portableCost: Boolean = false

    @Mixin val threads: ThreadsOption = ThreadsOption()

    @Option(
        names = ["--against"],
        paramLabel = "COMMAND",
        description =
            [
                "a program of another library, in turn with the engines, e.g. \"python3 " +
                    "samples/bench/pytorch.py\"; called with a recipe's name and seconds, it " +
                    "prints its measurements as JSON. The table has the ratio of each engine's " +
                    "time to it"
            ],
    )
    var against: String? = null

    @Option(
        names = ["--baseline"],
        paramLabel = "NAME",
        description =
            [
                "a recipe or an engine of the table, for the ratio of the others' times to it: of " +
                    "recipes on the same engine, of engines with the same recipe"
            ],
    )
    var baseline: String? = null

    @Option(
        names = ["--page"],
        paramLabel = "FILE.md",
        description = ["writes the table with date and machine as Markdown, too"],
    )
    var page: Path? = null

    @Option(
        names = ["--seconds"],
        paramLabel = "N",
        description =
            ["how long to measure, after a warm-up; five iterations at least (default: 10)"],
    )
    var seconds: Int = 10

    @Option(
        names = ["--rounds"],
        paramLabel = "N",
        description = ["measurements of each recipe on each engine (default: 3)"],
    )
    var rounds: Int = 3

    override fun call(): Int {
        requireBetween("--seconds", seconds, LONGEST)
        requireBetween("--rounds", rounds, MOST_ROUNDS)
        val where = parseDevice(device)
        val names = engineNames()
        threads.requireFor(portable, terminal::log)
        if (portable || portableCost) requirePortable(names)
        val workloads = Workload.all(recipes, own.words)
        threads.requireFor(workloads.any { it.recipe.train.portable }, terminal::log)
        if (portableCost) requireComparable(workloads)
        val reference = reference(workloads.map { it.name }, names)
        val peer = against?.let(::PeerProcess)
        val kinds = if (portableCost) listOf(false, true) else listOf(portable)
        val cases =
            workloads.flatMap { workload ->
                names.flatMap { name -> kinds.map { BenchCase(workload, name, null, it) } } +
                    listOfNotNull(peer?.let { BenchCase(workload, PEER, it) })
            }
        for (round in 1..rounds) {
            // A case that has failed once would most likely fail again.
            for (case in cases.filter { it.failure == null }) {
                terminal.log("round $round of $rounds: ${case.title}")
                if (!case.measure(where)) return ExitCode.INTERRUPTED
            }
        }
        val table = BenchTable(Machine.describe(where, portable), cases, reference)
        terminal.out.print(table.text())
        page?.let { file ->
            writing(file, "--page") {
                AtomicFile.writeText(file, BenchPage(table, reference, rounds, seconds).text())
            }
            terminal.log("$file")
        }
        return if (cases.any { it.failure != null }) ExitCode.BAD_INPUT else ExitCode.DONE
    }

    /** Measures once; false if the user interrupts it. */
    private fun BenchCase.measure(where: Device): Boolean {
        when (
            val reply =
                peer?.run(workload, seconds, terminal::log)
                    ?: MeasuringProcess(engine, where, seconds, portable, own.words)
                        .run(workload, terminal::log)
        ) {
            is Reply.Measured -> {
                measured += reply
                val figure = ProgressLines.figure(median(reply.seconds))
                terminal.log("  $figure s an iteration, ${reply.seconds.size} measured")
            }
            is Reply.Failed -> {
                failure = reply.message
                terminal.error("$title: ${reply.message}")
            }
            Reply.Interrupted -> return false
        }
        return true
    }

    private fun reference(recipes: List<String>, engines: List<String>): Reference? {
        if (portableCost) return Reference.notPortable()
        val name = baseline ?: return against?.let(Reference::peer)
        if (against != null) {
            throw BadInput("--baseline: with --against ratios are to the program; leave one out")
        }
        if (name in recipes) return Reference.recipe(name)
        if (name in engines) return Reference.engine(name)
        val known = recipes + engines
        throw BadInput(
            "--baseline: nothing that is measured is called ${Shown.quoted(name)}; there is " +
                known.joinToString(", ") +
                Unmatched.meant(name, known)
        )
    }

    private fun engineNames(): List<String> {
        engines.forEach(::requireEngine)
        return engines.ifEmpty { Engines.available().map { it.name() } }.distinct()
    }

    private fun requirePortable(names: List<String>) {
        for (name in names) {
            Engines.named(name).whyNotPortable().ifPresent { throw BadInput("--portable: $it") }
        }
    }

    /** The cost is a ratio of two columns, of recipes that are not portable by themselves. */
    private fun requireComparable(workloads: List<Workload>) {
        val other =
            mapOf(
                "--portable" to portable,
                "--against" to (against != null),
                "--baseline" to (baseline != null),
            )
        other
            .filterValues { it }
            .keys
            .firstOrNull()
            ?.let { throw BadInput("--portable-cost: says something else than $it; leave one out") }
        workloads
            .find { it.recipe.train.portable }
            ?.let {
                throw BadInput(
                    "--portable-cost: ${it.name} has train.portable, so there is nothing to compare with"
                )
            }
    }

    private fun requireBetween(option: String, value: Int, most: Int) {
        if (value !in 1..most) {
            throw BadInput("$option must be 1 to $most, got $value")
        }
    }

    private companion object {
        const val PEER = "peer"
        const val LONGEST = 3600
        const val MOST_ROUNDS = 1000
    }
}
