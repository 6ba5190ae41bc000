package dev.sparring.cli.bench

import dev.sparring.cli.LoadedRecipe
import dev.sparring.cli.Outcome
import dev.sparring.cli.Words
import dev.sparring.cli.Workbench
import dev.sparring.cli.startJvm
import dev.sparring.cli.workbench
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.readText

class BenchSpec :
    FreeSpec({
        val bench = workbench()
        val recipe = bench.file("small.yaml", Workbench.SMALL)
        val words = Words.load(emptyList())
        val digits = Path.of("../../samples/recipes/digits.yaml")

        "a measurement in a process of its own" {
            val done = bench.sparring("bench", digits, "--seconds", 1, "--rounds", 1, *TORCH)
            withClue(done.err) { done.code shouldBe 0 }
            val lines = done.out.trimEnd().lines()
            lines shouldHaveSize 6
            lines[0] shouldMatch "\\d+ processors.*, device cpu, .*, Java \\d.*, Sparring .*"
            lines[1] shouldStartWith "torch: libtorch 2."
            lines[2] shouldMatch
                "digits: \\d+\\.\\d+ GFLOP an iteration \\(1 \\+ 1 updates, batch 64\\), float32"
            lines[4] shouldMatch
                " *recipe +engine +s/iteration +shortest +GFLOP/s +peak MB +iterations"
            val cells = lines[5].split(Regex(" +"))
            cells.take(2) shouldBe listOf("digits", "torch")
            val (median, shortest, rate) = cells.drop(2).map { it.toDoubleOrNull() ?: 0.0 }
            shortest shouldBeGreaterThan 0.0
            (median >= shortest) shouldBe true
            rate shouldBeGreaterThan 0.0
            if (Files.exists(Path.of("/proc/self/status"))) {
                // Less than libtorch's own code, and more than any plausible measurement; in MB.
                (cells[5].toInt() in 100..100_000) shouldBe true
            }
            (cells[6].toInt() >= 5) shouldBe true
            done.err shouldStartWith "round 1 of 1: digits on torch\n"
        }

        "all engines are measured, and leave no files" {
            val here = bench.path("here").createDirectory()
            val process = startJvm(here, "bench", "$recipe", "--seconds", "1", "--rounds", "1")
            process.waitFor()
            val text = here.resolve("log").readText()
            withClue(text) { process.exitValue() shouldBe 0 }
            text.lines().filter { it.startsWith("round") } shouldBe
                listOf("round 1 of 1: small on nd4j", "round 1 of 1: small on torch")
            text shouldContain "\nnd4j: ND4J 1."
            here.toFile().list() shouldBe arrayOf("log")
        }

        "a program of another library and an engine take turns" {
            val peer = bench.file("peer.sh", "echo \"\$1 \$2 \$OMP_NUM_THREADS\"\n$PEER_LINE\n")
            val page = bench.path("page.md")
            val done =
                bench.sparring(
                    *arrayOf("bench", recipe, "--seconds", 1, "--rounds", 2, *TORCH),
                    *arrayOf("--against", "sh $peer", "--page", page),
                )
            withClue(done.err) { done.code shouldBe 0 }
            done.err.lines().filter { it.startsWith("round") } shouldBe
                listOf(
                    "round 1 of 2: small on torch",
                    "round 1 of 2: small on peer",
                    "round 2 of 2: small on torch",
                    "round 2 of 2: small on peer",
                )
            done.err shouldContain "\nsmall 1 "
            done.out shouldContain "\npeer: Peer 3\n"
            done.out.trimEnd().lines().last() shouldMatch
                "small +peer +0\\.2500 +0\\.1250 +\\S+ +7 +6 +- +-"
            page.readText() shouldContain done.out
        }

        "a program that fails is said to" {
            val peer = bench.file("failing.sh", "exit 3\n")
            val done =
                bench.sparring(
                    *arrayOf("bench", recipe, "--seconds", 1, "--rounds", 1, *TORCH),
                    *arrayOf("--against", "sh $peer"),
                )
            done.code shouldBe 2
            done.err shouldContain "small on peer: it ended with exit code 3\n"
        }

        for ((script, why) in
            listOf(
                "exit 3" to "it ended with exit code 3",
                "echo fast" to "it printed no line of JSON",
                "echo '{\"seconds\": []}'" to "it measured no iteration",
                "echo '{\"time\": 1}'" to
                    "it has to print JSON with seconds, a list of numbers, version and peakBytes; " +
                        "it printed {\"time\": 1}",
            )) {
            "why a program failed: $script" {
                val peer = bench.file("why.sh", "$script\n")
                val workload = Workload.all(listOf("$recipe"), words).single()
                PeerProcess("sh $peer").run(workload, 1) {} shouldBe Reply.Failed(why)
            }
        }

        "a baseline that is not measured" {
            val done = bench.sparring("bench", recipe, "--baseline", "smal", *TORCH)
            done.code shouldBe 2
            done.err shouldBe
                "--baseline: nothing that is measured is called 'smal'; there is small, torch; " +
                    "did you mean 'small'?\n"
            val both =
                bench.sparring("bench", recipe, "--baseline", "small", "--against", "x", *TORCH)
            both.code shouldBe 2
            both.err shouldBe
                "--baseline: with --against ratios are to the program; leave one out\n"
        }

        "what --portable costs" {
            val done =
                bench.sparring(
                    *arrayOf("bench", recipe, "--seconds", 1, "--rounds", 1, *TORCH),
                    "--portable-cost",
                )
            withClue(done.err) { done.code shouldBe 0 }
            done.err.lines().filter { it.startsWith("round") } shouldBe
                listOf("round 1 of 1: small on torch", "round 1 of 1: small on torch portable")
            val (free, portable) = done.out.trimEnd().lines().takeLast(2)
            free shouldMatch "small +torch  .* - +-"
            portable shouldMatch "small +torch portable  .* \\d+\\.\\d\\d +\\d+\\.\\d\\d"

            val own =
                bench.file(
                    "own.yaml",
                    Workbench.SMALL.replace("train: {", "train: { portable: true,"),
                )
            bench.sparring("bench", own, "--portable-cost", *TORCH).err shouldBe
                "--portable-cost: small has train.portable, so there is nothing to compare with\n"
            bench.sparring("bench", recipe, "--portable-cost", "--portable", *TORCH).err shouldBe
                "--portable-cost: says something else than --portable; leave one out\n"
        }

        "a failure is reported in one line, and the rest continues" {
            val wild =
                bench.file(
                    "wild.yaml",
                    Workbench.SMALL.replace("name: small", "name: wild")
                        .replace("loss: hinge", "loss: leastSquares")
                        .replace(
                            "train:",
                            "optimizer: { discriminator: { type: sgd, lr: 1e30 } }\n            train:",
                        ),
                )
            val done = bench.sparring("bench", wild, recipe, "--seconds", 1, "--rounds", 1, *TORCH)
            done.code shouldBe 2
            done.err shouldContain "wild on torch: diverged at step "
            val table = done.out.trimEnd().lines().takeLast(2).map { it.split(Regex(" +")) }
            table[0] shouldBe listOf("wild", "torch", "-", "-", "-", "-", "-")
            table[1].take(2) shouldBe listOf("small", "torch")
            table[1][2].toDouble() shouldBeGreaterThan 0.0
        }

        "a failed case is not tried again" {
            val done = bench.sparring("bench", recipe, "--device", "cuda:9", "--rounds", 2, *TORCH)
            done.code shouldBe 2
            val lines = done.err.trimEnd().lines()
            lines shouldHaveSize 2
            lines[0] shouldBe "round 1 of 2: small on torch"
            lines[1] shouldStartWith "small on torch: no device cuda:9: "
        }

        "the built-in recipes are the samples, and their work is counted" {
            Workload.all(listOf(), words).map { it.name } shouldBe
                listOf("sngan-32", "digits", "ring")
            val (sngan, small) = Workload.all(listOf("sngan-32", "digits", "ring"), words)
            val folder = Path.of("../../samples/recipes")
            sngan.recipe shouldBe
                LoadedRecipe.read(folder.resolve("sngan-32.yaml"), listOf(), words).recipe
            small.recipe shouldBe LoadedRecipe.read(digits, listOf(), words).recipe
            // Multiply-adds a sample: 752,336,896 in an update of the discriminator, 526,860,288 in
            // one of the generator; two operations each, batch 64.
            sngan.flops shouldBe 2.0 * 64 * (752_336_896 + 526_860_288)
            "%.5g".format(java.util.Locale.ROOT, sngan.flops / 1e9) shouldBe "163.74"
        }

        "recipes with the same name are distinguished by their files" {
            val other = bench.file("other.yaml", Workbench.SMALL)
            Workload.all(listOf("$recipe", "$other", "digits", "$recipe"), Words.load(emptyList()))
                .map { it.name } shouldBe listOf("$recipe", "$other", "digits")
        }

        "bad input is one line and exit code 2, before anything is measured" -
            {
                listOf(
                        listOf("--engine", "abacus") to
                            "--engine: no engine 'abacus' on the class path; there is nd4j, torch",
                        listOf("--engine", "torch", "--engine", "Torch") to
                            "--engine: no engine 'Torch' on the class path; there is nd4j, " +
                                "torch; did you mean 'torch'?",
                        listOf("$recipe", "none.yaml") to
                            "none.yaml: no such file; expected a .gan.kts, .yaml or .json recipe",
                        listOf("--seconds", "0") to "--seconds must be 1 to 3600, got 0",
                        listOf("--seconds", "3601") to "--seconds must be 1 to 3600, got 3601",
                        listOf("--rounds", "-1") to "--rounds must be 1 to 1000, got -1",
                        listOf("--device", "tpu") to
                            "--device: unknown device 'tpu': expected cpu, cuda or cuda:INDEX",
                    )
                    .forEach { (args, message) ->
                        "sparring bench ${args.joinToString(" ")}" {
                            bench.sparring("bench", *args.toTypedArray()) shouldBe
                                Outcome(2, "", "$message\n")
                        }
                    }
            }

        "the command of measuring processes is hidden" {
            bench.sparring().err shouldContain "one of train, "
            bench.sparring().err shouldNotContain MeasureCommand.NAME
            bench.sparring("--help").out shouldNotContain MeasureCommand.NAME
        }
    })

private val TORCH = arrayOf("--engine", "torch")

private const val PEER_LINE =
    "echo '{\"seconds\": [0.5, 0.25, 0.125], \"version\": \"Peer 3\", \"peakBytes\": 7000000}'"
