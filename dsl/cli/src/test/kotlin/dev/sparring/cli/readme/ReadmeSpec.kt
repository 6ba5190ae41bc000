package dev.sparring.cli.readme

import dev.sparring.cli.Cli
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.OutputStream
import java.io.PrintStream
import kotlin.io.path.exists
import picocli.CommandLine
import picocli.CommandLine.Model.CommandSpec

/**
 * Every command of README.md and lib/README.md runs, or is at least parsed. Who adds one there adds
 * it to a list here.
 */
class ReadmeSpec :
    FreeSpec({
        val bench = workbench()
        for (snippet in Readme.ALL.flatMap { it.snippets }) {
            Regex("^gan\\(\"(sinc|centered)\"").find(snippet.text.substringAfterLast("\n\n"))?.let {
                bench.file("${it.groupValues[1]}.gan.kts", snippet.text)
            }
            if (snippet.text.startsWith("fun ring(")) bench.file("rings.gan.kts", snippet.text)
        }
        bench.file("mine.yaml", Workbench.SMALL)
        bench.file("theirs.yaml", "conventions: keras\n" + Workbench.SMALL.trimIndent())
        val commands = Readme.ALL.flatMap { it.commands }.distinct()

        "each command is in one list" {
            val listed = EXECUTED.keys + PARSED.keys + FOREIGN.keys
            commands.filter { it !in listed }.shouldBeEmpty()
            listed.filter { it !in commands }.shouldBeEmpty()
            (EXECUTED.size + PARSED.size + FOREIGN.size) shouldBe listed.size
        }

        "runs" -
            {
                for ((command, more) in EXECUTED) {
                    command {
                        val words = words("$command $more".trim()).map { placed(it, bench) }
                        val done = bench.sparring(*words.toTypedArray())
                        withClue(done.err) { done.code shouldBe 0 }
                    }
                }
                "and does what is said" {
                    bench.path("runs/digits/seed-42/generator.onnx").exists() shouldBe true
                    bench.path("grid.png").exists() shouldBe true
                    bench.path("runs/board/tensorboard").exists() shouldBe true
                }
            }

        "is parsed" -
            {
                for ((command, why) in PARSED) {
                    "$command ($why)" { parse(words(command)) }
                }
            }

        "each synopsis names options that there are, with their values" -
            {
                for (synopsis in Readme.ALL.flatMap { it.synopses }) {
                    val name = synopsis.removePrefix("sparring ").substringBefore(' ').trim()
                    val title = synopsis.lines().first()
                    title {
                        val spec = commandLine().subcommands.getValue(name).commandSpec
                        for (option in OPTION.findAll(synopsis)) {
                            spec.optionsMap().keys shouldContain option.value
                        }
                        for ((option, values) in CHOICE.findAll(synopsis).map { it.destructured }) {
                            val known =
                                spec.findOption(option).type().enumConstants.orEmpty().map { "$it" }
                            for (value in values.split('|').filter { known.isNotEmpty() }) {
                                known shouldContain value.uppercase()
                            }
                        }
                    }
                }
                "and each command has one" {
                    val own =
                        Readme.ALL.flatMap { it.synopses }
                            .map { it.removePrefix("sparring ").split(' ', '\n')[0] }
                    val shown = commandLine().subcommands.filterValues { !it.isHidden() }.keys
                    shown.filter { it !in own }.shouldBeEmpty()
                }
            }

        "an option that a sentence names is one of ours" {
            val known =
                commandLine().subcommands.values.flatMap { it.commandSpec.optionsMap().keys }
            val named = Readme.ALL.flatMap { it.inline }.flatMap { OPTION.findAll(it).toList() }
            named
                .map { it.value }
                .distinct()
                .filter { it !in known + FOREIGN_OPTIONS }
                .shouldBeEmpty()
        }

        "each --set of a sentence fits the recipe that it is about" {
            val settings = Readme.ALL.flatMap { it.inline }.filter { it.startsWith("--set ") }
            settings.map { it.substringBefore('=') } shouldBe SETTINGS.keys.toList()
            for (setting in settings) {
                val recipe = Readme.ROOT.resolve(SETTINGS.getValue(setting.substringBefore('=')))
                val checked = bench.sparring("check", recipe, *words(setting).toTypedArray())
                withClue(checked.err) { checked.code shouldBe 0 }
                checked.out shouldContain "conv ${setting.substringAfter('=')} "
            }
        }
    })

/** Run as they stand, with these words in addition, so that they take seconds. */
private val EXECUTED =
    linkedMapOf(
        "./sparring train samples/digits.gan.kts" to "--steps 3 --out runs/digits/seed-42",
        "./sparring sample runs/digits/seed-42" to "--out grid.png",
        "./sparring train sinc.gan.kts" to "--steps 3 --out runs/sinc",
        "sparring diff mine.yaml theirs.yaml" to "",
        "sparring explain mine.yaml theirs.yaml --figure loss_g --better lower --join optimizer --dry-run" to
            "",
        "./sparring train rings.gan.kts#2" to "--steps 3 --out runs/rings",
        "./sparring diff rings.gan.kts#narrow rings.gan.kts#wide" to "",
        "sparring words conv" to "",
        "sparring cache" to "",
        "./sparring export runs/digits/seed-42 --to onnx" to "",
        "train --tensorboard" to "samples/digits.gan.kts --steps 3 --out runs/board",
        "source <(sparring completion bash)" to "",
        "sparring completion fish | source" to "",
        "export --to tensorboard" to "runs/digits/seed-42",
    )

/** Not run here, with the reason. */
private val PARSED =
    mapOf(
        "./sparring train samples/fashion-mnist.gan.kts --device cuda" to
            "needs a graphics card and a download",
        "./sparring train samples/recipes/digits.yaml --engine nd4j --device cuda" to
            "needs a graphics card",
        "./sparring ui runs" to "serves until it is stopped; UiSpec does",
        "sparring cache clear images" to "would clear the user's; CacheSpec clears one of its own",
        "sparring train samples/recipes/digits.yaml --set train.batch=32 --set train.accumulate=2 --processes 2" to
            "starts a process; GroupSpec runs the like",
        "sparring bench" to "takes minutes; BenchSpec runs it on a small recipe",
        "sparring autopsy runs/ring/seed-42 --jobs 2" to "needs a run that went wrong: AutopsySpec",
        "sparring sweep samples/sweeps/ring-norms.yaml --part 1/8" to
            "trains two of 15 runs; SweepPartSpec has smaller ones",
        "sparring sweep samples/sweeps/ring-norms.yaml --verify runs.csv --cell \"none\" --seed 1" to
            "needs a table; SweepVerifySpec makes and verifies one",
        "sparring sweep samples/sweeps/ring-norms.yaml --spark spark://HOST:7077" to
            "needs a cluster; SparkSweepTest starts one",
        "sparring ui runs" to "serves until it is stopped; UiSpec starts it",
        "train --portable" to
            "needs a process without other engines; PortableConformance and EnginesSpec run it",
    )

/** Commands of other programs, with the reason why they are not run here. */
private val FOREIGN =
    mapOf(
        "./mvnw verify" to "what runs this test",
        "./mvnw -q -DskipTests install" to "samples/consumer lives on it",
        "./mvnw -q -pl dsl/site -am -DskipTests package" to "SiteSpec writes the pages",
        "./mvnw -q -Pcuda -DskipTests package" to "downloads CUDA",
        "./mvnw -q -Pnd4j-cuda -DskipTests package" to "downloads CUDA",
        "mvn dependency:build-classpath" to "samples/consumer runs it",
        "mvn dependency:get" to "Maven's, downloads what one names",
        "jshell -R--enable-native-access=ALL-UNNAMED --class-path ..." to
            "samples/consumer runs it",
        "tensorboard --logdir runs" to "TensorBoard is not of the JVM; TensorBoardSpec reads files",
    )

private val FOREIGN_OPTIONS = setOf("--logdir", "--class-path", "--enable-native-access")

/** The recipes that settings in sentences are about. */
private val SETTINGS =
    linkedMapOf("--set discriminator.layers.0.filters" to "samples/digits.gan.kts")

private val OPTION = Regex("(?<![\\w-])--[a-z][a-z0-9-]*")

/** An option with its values: --to yaml|json. */
private val CHOICE = Regex("(--[a-z-]+) ([a-z]+(?:\\|[a-z]+)*)(?![\\w|=.\\[])")

private fun words(command: String): List<String> =
    command
        .substringBefore(" | ")
        .removeSurrounding("source <(", ")")
        .removePrefix("./")
        .removePrefix("sparring ")
        .trim()
        .split(Regex("\\s+"))

/** Samples are in the source tree, all other files in the scratch folder. */
private fun placed(word: String, bench: Workbench): String =
    when {
        word.startsWith("samples/") -> "${Readme.ROOT.resolve(word)}"
        word.startsWith("--") || '/' !in word && '.' !in word -> word
        else -> "${bench.path(word)}"
    }

private fun commandLine(): CommandLine {
    val nothing = PrintStream(OutputStream.nullOutputStream())
    return Cli(nothing, nothing).commands()
}

private fun CommandLine.isHidden() = commandSpec.usageMessage().hidden()

/** Throws an exception if the command line does not know it; a recipe may be missing. */
private fun parse(words: List<String>): CommandSpec {
    val line = commandLine()
    val recipe = if (words.size == 2 && words[0] == "train") listOf("recipe.yaml") else emptyList()
    return line.parseArgs(*(words + recipe).toTypedArray()).subcommand().commandSpec()
}
