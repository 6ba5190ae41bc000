package dev.sparring.cli.readme

import dev.sparring.cli.Outcome
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.data.NpyWriter
import dev.sparring.dsl.RecipeText
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Shape
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.awt.image.BufferedImage
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.random.Random

/**
 * Every fenced block of README.md and lib/README.md is tried, here or by another test. Who adds one
 * there adds it here.
 */
class ReadmeSnippetsSpec :
    FreeSpec({
        val bench = workbench()
        val snippets = Readme.ALL.flatMap { it.snippets }

        val tried = Tried(bench, snippets)

        "each block is in one list, and each of the lists is there" {
            val listed = tried.here.keys + ELSEWHERE.keys
            snippets.map { it.title }.filter { it !in listed }.shouldBeEmpty()
            listed.toList().filter { it !in snippets.map(Readme.Snippet::title) }.shouldBeEmpty()
            (tried.here.size + ELSEWHERE.size) shouldBe snippets.size
        }

        for ((title, attempt) in tried.here) {
            title { attempt(snippets.first { it.title == title }.text) }
        }

        for ((title, test) in ELSEWHERE) {
            "$title: by ${test.file}" {
                val there = Readme.ROOT.resolve(test.file).readText()
                val here = snippets.first { it.title == title }.text
                for (part in test.parts) {
                    there shouldContain part
                    if (test.isInBoth) here shouldContain part
                }
            }
        }
    })

/** How blocks are tried here, by title. */
private class Tried(private val bench: Workbench, snippets: List<Readme.Snippet>) {
    private val digits = Readme.ROOT.resolve("samples/digits.gan.kts")
    private val imports =
        snippets.first { it.language == "java" && "class Embed" in it.text }.text.importLines()

    val here: Map<String, (String) -> Unit> =
        linkedMapOf(
            "README.md, kotlin: gan(\"digits\") {" to { isDigits(bench.file("d.gan.kts", it)) },
            "README.md, yaml: name: digits" to { isDigits(bench.file("d.yaml", it)) },
            "README.md, java: Recipe recipe = Gan.named(\"digits\")" to ::isDigitsInJava,
            "README.md, kotlin: import kotlin.math.sin" to { trained("sinc.gan.kts", it) },
            "README.md, kotlin: class Centered : WeightNorm {" to { trained("c.gan.kts", it) },
            "README.md, kotlin: fun ring(name: String, width: Int) = gan(name) {" to
                {
                    val rings = bench.file("rings.gan.kts", it)
                    sparring("check", rings).out shouldContain "wide"
                },
            "README.md, kotlin: sweep(\"norms\") {" to
                {
                    val planned = sparring("sweep", bench.file("norms.gan.kts", it), "--dry-run")
                    planned.out.lines().count(String::isNotBlank) shouldBe 20
                },
            "README.md, yaml: compare:" to ::compared,
            "README.md, yaml: axes: { train.seeds.weights: [1, 2, 3, 4], " +
                "train.seeds.noise: [1, 2, 3, 4] }" to
                {
                    bench.file("crossed-recipe.yaml", Workbench.SMALL)
                    val sweep = "recipe: crossed-recipe.yaml\nseeds: 1\n$it"
                    val planned = sparring("sweep", bench.file("crossed.yaml", sweep), "--dry-run")
                    planned.out.lines().count(String::isNotBlank) shouldBe 16
                },
            // It prints on the process's own output.
            "README.md, kotlin: val recipe = gan(\"alone\") {" to
                {
                    sparring("run", bench.file("alone.gan.kts", it), "2") shouldBe
                        Outcome(0, "", "")
                },
            "README.md, yaml: data: { type: npy, path: faces.npy, layout: channelsLast, " +
                "labels: classes.npy }" to ::arrays,
            "README.md, yaml: data: { type: csv, file: iris.csv, columns: [width, length], " +
                "label: kind }" to ::rows,
            "README.md, kotlin: data = images(pixels, shape(3, 32, 32))" +
                "                        // a FloatArray in -1..1" to ::inMemory,
            "README.md, yaml: data: { type: imageFolder, folder: faces, size: 64 }" to ::folder,
            "README.md, yaml: data: { type: edges, of: fashionMnist }" to ::edges,
            "README.md, yaml: divergence: { policy: retry, times: 3, change: rates, " +
                "factor: 0.5 }" to
                {
                    trained("retry.yaml", Workbench.SMALL.trimIndent() + "\n$it")
                },
            "README.md, java: RunDirectory run = new RunDirectory(Path.of(" +
                "\"runs/digits/seed-42\"));" to { compiled("Sampling", it, "Engine engine") },
            "lib/README.md, java: try (Extractor network = Extractors.open(Path.of(" +
                "\"inception-2015-12-05.pt\"), Preprocessing.named(\"bytes\"))) {" to
                {
                    compiled("Measuring", it, "Sampler sampler, Data data, DataSet real")
                },
            "lib/README.md, java: Features a = Features.of(real, 2048), " +
                "b = Features.of(generated, 2048);" to
                {
                    compiled("Comparing", it, "float[] real, float[] generated")
                },
        )

    private fun sparring(vararg words: Any): Outcome =
        bench.sparring(*words).also { withClue(it.err) { it.code shouldBe 0 } }

    private fun isDigits(file: Path) {
        val wanted = sparring("convert", digits, "--to", "yaml", "--full")
        sparring("convert", file, "--to", "yaml", "--full").out shouldBe wanted.out
    }

    private fun isDigitsInJava(text: String) {
        val source =
            "$STATIC\n$imports\npublic class Digits {\n" +
                "  public static Recipe recipe() {\n$text\n    return recipe;\n  }\n}\n"
        val recipe =
            JavaSnippet.load("Digits", source, bench.folder).getMethod("recipe").invoke(null)
        isDigits(bench.file("java.yaml", RecipeText.toYaml(recipe as Recipe, true)))
    }

    private fun trained(name: String, text: String) {
        val file = bench.path(name)
        bench.file(name, text)
        val run = bench.path("$name-run")
        sparring("train", file, "--steps", 3, "--out", run)
        sparring("sample", run, "--count", 9, "--out", bench.path("$name.png"))
    }

    private fun compared(text: String) {
        val start =
            """
            recipe:
              data: ring
              generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
              discriminator: { layers: [{ type: dense, units: 1 }] }
              evaluate: {}
            axes: { discriminator.norm: [none, sn] }
            seeds: 5
            """
        val sweep = bench.file("compared.yaml", start.trimIndent() + "\n$text")
        sparring("sweep", sweep, "--dry-run").out shouldContain
            "comparisons: 3 (1 cell, 2 figures and failures)"
    }

    /** The files that the block names, in the scratch folder. */
    private fun arrays(text: String) {
        val random = Random(1)
        val pixels = FloatArray(20 * 8 * 8 * 3) { random.nextFloat() * 2 - 1 }
        NpyWriter.write(pixels, Shape.of(20, 8, 8, 3), bench.path("faces.npy"))
        bench.path("classes.npy").writeBytes(wholeNumbers(20))
        val data = text.replace(Regex("\\w+\\.npy")) { "\"${bench.path(it.value)}\"" }
        trained("faces.yaml", data + networks("[3, 8, 8]", 192, conditional = true))
    }

    private fun rows(text: String) {
        val rows = (1..20).map { "0.$it,-0.$it,${if (it % 2 == 0) "virginica" else "setosa"}" }
        bench.file("iris.csv", (listOf("width,length,kind") + rows).joinToString("\n"))
        val data = text.replace("iris.csv", "${bench.path("iris.csv")}")
        trained("iris.yaml", data + networks("[2]", 2, conditional = true))
    }

    private fun folder(text: String) {
        val faces = bench.path("faces").createDirectories()
        for (i in 1..5) {
            val image = BufferedImage(60 + i, 70, BufferedImage.TYPE_INT_RGB)
            ImageIO.write(image, "png", faces.resolve("$i.png").toFile())
        }
        val data = text.replace("faces", "\"$faces\"")
        trained("folder.yaml", data + networks("[3, 64, 64]", 3 * 64 * 64, conditional = false))
    }

    /** Two lines, each for itself. */
    private fun inMemory(text: String) {
        val prelude =
            "val pixels = FloatArray(4 * 3 * 32 * 32) { (it % 7) / 7f }\n" +
                "val random = kotlin.random.Random(1)\n" +
                "fun x() = random.nextDouble()\nfun y() = random.nextDouble()\n"
        for ((i, line) in text.trim().lines().withIndex()) {
            val image = "images(" in line
            val shape = if (image) "reshape(3, 32, 32)" else "tanh()"
            val units = if (image) 3 * 32 * 32 else 2
            val flatten = if (image) "flatten(); " else ""
            val gan =
                "gan(\"memory\") {\n$line\ngenerator { dense($units); $shape }\n" +
                    "discriminator { ${flatten}dense(1) }\ntrain(batch = 4)\n}\n"
            trained("memory-$i.gan.kts", prelude + gan)
        }
    }

    /** It stands in the recipe that the README names, which needs a download. */
    private fun edges(text: String) {
        val file = Readme.ROOT.resolve("samples/recipes/edges-to-fashion.yaml")
        val whole = RecipeText.read(file)
        val networks = file.readText().substringAfter("\ngenerator:").substringBefore("\nloss")
        val own = RecipeText.fromYaml("$text\ngenerator:$networks\n", "edges.yaml")
        own.data() shouldBe whole.data()
        own.terms() shouldBe whole.terms()
        own.evaluate()!!.data() shouldBe whole.evaluate()!!.data()
    }

    /** Compiles it as the body of a method. */
    private fun compiled(name: String, text: String, parameters: String) {
        val source =
            "$COMPILED\n$imports\npublic class $name {\n" +
                "  public static void run($parameters) throws Exception {\n$text\n  }\n}\n"
        JavaSnippet.load(name, source, bench.folder).methods.count { it.name == "run" } shouldBe 1
    }

    private fun networks(shape: String, units: Int, conditional: Boolean): String {
        val join = if (conditional) "concatLabels, " else ""
        return """
            generator: { latent: 2, layers: [${join}{ type: dense, units: $units }, { type: reshape, shape: $shape }] }
            discriminator: { layers: [flatten, ${join}{ type: dense, units: 1 }] }
            train: { batch: 4 }
            """
            .trimIndent()
    }
}

/** What another test runs. */
private class Elsewhere(val file: String, val isInBoth: Boolean, vararg val parts: String)

private val CONSUMER = "samples/consumer/src/it/maven/prebuild.groovy"

private val ELSEWHERE =
    mapOf(
        "README.md, xml: <properties>" to Elsewhere(CONSUMER, false, "'xml', '<dependencies>'"),
        // Gradle is not among the tools of a build; the coordinates are checked.
        "README.md, kotlin: plugins { application }" to
            Elsewhere("lib/bom/pom.xml", true, "sparring-torch", "sparring-dsl", "0.1.0"),
        "README.md, java: import static dev.sparring.data.Digits.digits;" to
            Elsewhere(CONSUMER, false, "'java', 'public class Embed'"),
        "README.md, kotlin: import dev.sparring.dsl.*" to
            Elsewhere(CONSUMER, false, "'kotlin', 'fun main()'"),
        "README.md, java: import dev.sparring.dsl.RecipeText" to
            Elsewhere(CONSUMER, false, "'java', 'trained in JShell'"),
        "README.md, kotlin: @file:Import(\"blocks.gan.kts\")" to
            Elsewhere(
                "dsl/cli/src/test/kotlin/dev/sparring/script/ScriptFilesSpec.kt",
                true,
                "@file:Import(",
                "@file:DependsOn(",
                "@file:Repository(",
            ),
        "README.md, kotlin: @file:Repository(\"*mavenLocal\")" to
            Elsewhere(
                "samples/notebooks/ring.ipynb",
                true,
                "*mavenLocal",
                "dev.sparring:sparring-jupyter:0.1.0",
            ),
        "README.md, text: variant                     outcome" to
            Elsewhere(
                "dsl/cli/src/test/kotlin/dev/sparring/cli/autopsy/AutopsySpec.kt",
                true,
                "control: shows 'diverged' at step 9 again, as the run did",
                "luck: the seed alone does not avoid it (0 of",
                "half the rate of G postpones it by 1 step, to step 10: Heusel",
            ),
        // KotlinDL brings TensorFlow, which is not beside the command line; SamplesTest runs this.
        "lib/README.md, kotlin: val generator = TorchEngine.open(Device.CPU, " +
            "Precision.FLOAT32).use { engine ->" to
            Elsewhere(
                "samples/src/main/kotlin/dev/sparring/samples/ServeWithKotlinDl.kt",
                true,
                "TorchEngine.open(Device.CPU, Precision.FLOAT32).use {",
                ").toKotlinDl(",
                ".sample(count = ",
            ),
    )

private fun String.importLines() = lines().filter { it.startsWith("import ") }.joinToString("\n")

/** What the README's program does not need. */
private val STATIC =
    listOf(
            "init.Xavier.xavier",
            "layer.BatchNorm.batchNorm",
            "layer.Conv.conv",
            "layer.ConvTranspose.convTranspose",
            "layer.LeakyRelu.leakyRelu",
            "loss.Hinge.hinge",
            "norm.Bssn.bssn",
            "optim.Adam.adam",
        )
        .joinToString("\n") { "import static dev.sparring.$it;" }

private val COMPILED =
    listOf(
            "dsl.RecipeText",
            "eval.*",
            "extract.*",
            "metric.*",
            "network.Sampler",
            "run.*",
            "data.*",
        )
        .joinToString("\n") { "import dev.sparring.$it;" } + "\nimport java.nio.file.Path;"

/** 0, 1, 0, 1, ... in NumPy's format, as 64-bit numbers. */
private fun wholeNumbers(count: Int): ByteArray {
    val text = "{'descr': '<i8', 'fortran_order': False, 'shape': ($count,), }"
    val header = text.padEnd(117) + "\n"
    val start = byteArrayOf(0x93.toByte()) + "NUMPY".toByteArray() + byteArrayOf(1, 0, 118, 0)
    val numbers = ByteArray(count * 8)
    for (i in 0 until count) numbers[i * 8] = (i % 2).toByte()
    return start + header.toByteArray() + numbers
}
