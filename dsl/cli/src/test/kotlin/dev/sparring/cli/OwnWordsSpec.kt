package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Words that a jar brings, by every command, and what is said where the jar is not the one. */
class OwnWordsSpec :
    FreeSpec({
        val bench = workbench()
        val jar = OwnJar.of(bench.path("words.jar"), OwnJar.WORDS, OwnJar.SERVICES)
        val recipe = bench.file("own.yaml", RECIPE)
        val run = bench.path("run")

        fun done(vararg args: Any): Outcome =
            bench.sparring(*args).also {
                withClue("${args.toList()}: ${it.err}") { it.code shouldBe 0 }
            }

        fun refused(vararg args: Any): String {
            val outcome = bench.sparring(*args)
            withClue("${args.toList()}: ${outcome.out}") {
                outcome.code shouldBe ExitCode.BAD_INPUT
            }
            return outcome.err.trim()
        }

        "a run with a jar records it, and has what its gauge and detector see" {
            done("train", recipe, "--with", jar, "--out", run)
            run.resolve("run.json").readText() shouldContain "\"name\" : \"words.jar\""
            run.resolve("recipe.yaml").readText() shouldContain "acme.sinc"
            run.resolve("metrics.csv").readLines().first() shouldContain ",acme_size"
            run.resolve("findings.txt").readText() shouldContain "acme heard step 3"
        }

        "it is resumed to the bits of a run that was not interrupted" {
            val resumed = bench.path("resumed")
            done("train", recipe, "--with", jar, "--out", resumed, "--steps", 2)
            done("train", recipe, "--with", jar, "--out", resumed, "--resume")
            val weights = "checkpoints/000004/generator.safetensors"
            Workbench.contents(resumed)[weights] shouldBe Workbench.contents(run)[weights]
        }

        "it is sampled, measured and exported" {
            val picture = bench.path("own.png")
            done("sample", run, "--with", jar, "--count", 4, "--out", picture)
            picture.exists() shouldBe true
            done("eval", run, "--with", jar, "--count", 20)
            done("export", run, "--with", jar, "--to", "onnx")
            run.resolve("generator.onnx").exists() shouldBe true
        }

        "check shows the words, and what a lint of the jar has to say" {
            val checked = done("check", recipe, "--with", jar)
            checked.out shouldContain "acme.sinc"
            checked.err shouldContain "warning: train.steps: acme wants more steps (acme); fix: 9"
        }

        "diff compares settings of own words" {
            val other = bench.file("other.yaml", RECIPE.replace("scale: 0.3", "scale: 0.5"))
            val differences = done("diff", recipe, other, "--with", jar).out
            differences shouldContain "0.3"
            differences shouldContain "0.5"
            done("diff", recipe, recipe, "--with", jar).out shouldContain "equal in effect"
        }

        "convert, words and schema know them" {
            val json = done("convert", recipe, "--with", jar, "--to", "json").out
            json shouldContain "\"acme.sinc\""
            val back = bench.path("own.json").apply { writeText(json) }
            done("diff", recipe, back, "--with", jar).out shouldContain "equal in effect"
            done("words", "--with", jar).out shouldContain "acme.sinc"
            done("words", "acme.scaled", "--with", jar).out shouldContain "by"
            val initializers = done("words", "init", "--with", jar).out
            initializers shouldContain "acme.sinc"
            initializers shouldNotContain "Write your own"
            done("schema", "--with", jar).out shouldContain "acme.sinc"
            done("schema").out shouldNotContain "acme.sinc"
        }

        "a recipe alone loads no code" { refused("check", recipe) shouldContain "acme.sinc" }

        "a run asks for its jar by name" {
            for (command in listOf("sample", "eval")) {
                refused(command, run) shouldContain "add --with words.jar"
            }
            refused("export", run, "--to", "onnx") shouldContain "add --with words.jar"
        }

        "a jar of that name with other contents is another one" {
            val folder = bench.path("elsewhere").apply { toFile().mkdir() }
            val changed = OwnJar.WORDS.mapValues { it.value.replace("i + 1.0", "i + 2.0") }
            val other = OwnJar.of(folder.resolve("words.jar"), changed, OwnJar.SERVICES)
            val said = refused("sample", run, "--with", other)
            said shouldContain "was trained with words.jar of SHA-256"
            said shouldContain "--with words.jar has SHA-256"
        }

        "jars without words are refused" {
            val empty = OwnJar.of(bench.path("empty.jar"), OwnJar.WORDS, emptyMap())
            refused("check", recipe, "--with", empty) shouldContain
                "nothing to find there; expected a jar with " +
                    "META-INF/services/dev.sparring.vocabulary.WordProvider"
            refused("check", recipe, "--with", bench.path("none.jar")) shouldContain "no such file"
            refused("check", recipe, "--with", recipe) shouldContain "is not a jar"
        }

        "a word without a dot is refused" {
            val plain = OwnJar.WORDS.mapValues { it.value.replace("acme.sinc", "sinc") }
            val words = OwnJar.of(bench.path("plain.jar"), plain, OwnJar.SERVICES)
            refused("check", recipe, "--with", words) shouldContain
                "the word 'sinc' needs a dot, for instance acme.sinc"
        }

        "two words of one name are refused" {
            val twice = OwnJar.WORDS.mapValues { it.value.replace("acme.scaled", "acme.sinc") }
            val words = OwnJar.of(bench.path("twice.jar"), twice, OwnJar.SERVICES)
            refused("check", recipe, "--with", words) shouldContain
                "the word acme.sinc is two records: acme.Sinc, acme.Scaled"
        }

        "a lint that cannot be loaded is named" {
            val services = OwnJar.SERVICES + ("dev.sparring.lint.Lint" to "acme.Missing")
            val words = OwnJar.of(bench.path("lint.jar"), OwnJar.WORDS, services)
            refused("check", recipe, "--with", words) shouldContain "acme.Missing"
        }

        val script = bench.file("own.gan.kts", SCRIPT)
        val scripted = bench.path("scripted")

        "a script uses the classes of a jar, and is written as text with their words" {
            val imports = bench.file("jar.gan.kts", WITH_JAR)
            done("diff", imports, recipe, "--with", jar).out shouldContain "equal in effect"
            val text = done("convert", imports, "--with", jar, "--to", "yaml").out
            text shouldContain "type: acme.scaled"
        }

        "a script with classes of its own is trained, and kept" {
            done("train", script, "--out", scripted)
            scripted.resolve("recipe.gan.kts").readText() shouldBe script.readText()
            scripted.resolve("recipe.yaml").readText() shouldContain "initializer { ... }"
        }

        "its run is sampled, measured and exported through the script" {
            val picture = bench.path("scripted.png")
            done("sample", scripted, "--count", 4, "--out", picture)
            done("eval", scripted, "--count", 20)
            done("export", scripted, "--to", "onnx")
        }

        "its run is resumed by the same script, and not by another" {
            done("train", script, "--out", scripted, "--resume", "--steps", 6)
            scripted.resolve("metrics.csv").readLines().last().substringBefore(',') shouldBe "6"
            val changed =
                bench.file("changed.gan.kts", SCRIPT.replace("0.1 * random", "0.2 * random"))
            refused("train", changed, "--out", scripted, "--resume", "--steps", 8) shouldContain
                "the run was begun with another script"
            val settings = bench.file("more.gan.kts", SCRIPT.replace("latent = 8", "latent = 9"))
            refused("train", settings, "--out", scripted, "--resume") shouldContain "latent: 8"
        }

        "what has no text is refused by its path where a text is wanted" {
            val said = refused("convert", script, "--to", "yaml")
            for (path in
                listOf("generator.init", "generator.layers.1", "discriminator.init", "loss")) {
                said shouldContain path
            }
        }

        "a changed script in the run directory is noticed" {
            val broken = bench.path("broken").apply { toFile().mkdir() }
            scripted.toFile().copyRecursively(broken.toFile())
            broken.resolve("recipe.gan.kts").writeText(script.readText() + "// more\n")
            bench.sparring("sample", broken).code shouldNotBe 0
        }
    })

private val RECIPE =
    """
    name: own
    data: ring
    generator:
      latent: 4
      init: { type: acme.sinc, scale: 0.3 }
      layers:
        - { type: dense, units: 8 }
        - { type: acme.scaled, by: 1.5 }
        - relu
        - { type: dense, units: 2 }
    discriminator:
      layers: [{ type: dense, units: 8 }, relu, { type: dense, units: 1 }]
    train: { steps: 4, batch: 8 }
    """

/** The same as a script. */
private val WITH_JAR =
    """
    import acme.Scaled
    import acme.Sinc

    gan("own") {
        data = ring()
        generator(latent = 4) {
            init = Sinc(0.3)
            dense(8); layer(Scaled(1.5)); relu(); dense(2)
        }
        discriminator { dense(8); relu(); dense(1) }
        train(steps = 4, batch = 8)
    }
    """

private val SCRIPT =
    """
    class Sinc(val scale: Double) : Initializer {
        override fun draw(weight: WeightSpec, random: RandomStream) =
            DoubleArray(weight.shape().elements()) { scale * kotlin.math.sin(it + 1.0) / (it + 1) }
    }

    class Doubled : Layer {
        override fun outputShape(input: Shape) = input
        override fun forward(x: Tensor, pass: LayerContext): Tensor = x.times(2.0)
    }

    class MyLoss : Loss {
        override fun discriminator(real: Tensor, fake: Tensor): Tensor =
            real.neg().softplus().mean().plus(fake.softplus().mean())
        override fun generator(fake: Tensor): Tensor = fake.neg().softplus().mean()
    }

    gan("scripted") {
        data = ring()
        loss = MyLoss()
        generator(latent = 8) {
            init = Sinc(0.3)
            dense(16); layer(Doubled()); relu(); dense(2)
        }
        discriminator {
            init = initializer { weight, random ->
                DoubleArray(weight.shape().elements()) { 0.1 * random.gaussian() }
            }
            dense(16); relu(); dense(1)
        }
        train(batch = 8, steps = 4)
    }
    """
