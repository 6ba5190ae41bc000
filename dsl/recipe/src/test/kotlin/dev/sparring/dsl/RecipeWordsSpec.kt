package dev.sparring.dsl

import dev.sparring.data.Noise
import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.Meaning
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.Spelling
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.meaning
import dev.sparring.layer.Conv
import dev.sparring.layer.PadRule
import dev.sparring.loss.Auxiliary
import dev.sparring.recipe.Conventions
import dev.sparring.recipe.Latent
import dev.sparring.recipe.Recipe
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.readText

/** The reference covers the whole model, and the committed page equals the reference. */
class RecipeWordsSpec :
    FreeSpec({
        val root = builtIn.of(Recipe::class.java)
        val records = records(root).map { builtIn.of(it) }
        val page = RecipeWords.page()
        fun rows(word: String) = page.lines().filter { it.startsWith("| `$word` |") }

        "the committed page is up to date" {
            withClue("write it anew, from the project's folder: ./sparring words > dsl/words.md") {
                Path.of("../words.md").readText() shouldBe page
            }
        }

        "every word of the model is on it, with each setting" {
            records.filter { it.word != null } shouldContainAll listOf(builtIn.of(Conv::class.java))
            for (form in records.filter { it.word != null }) {
                withClue(form.word) {
                    val all = rows(form.word!!)
                    all.any { row ->
                        form.settings.all { Regex("`${it.name}\\??:") in row }
                    } shouldBe true
                }
            }
        }

        "every section and every word without settings is on it" {
            for (form in records.filter { it.word == null }) {
                for (setting in form.settings) {
                    withClue("${form.type.simpleName}.${setting.name}") {
                        (Regex("\n\\| `${setting.name}\\??: ") in page) shouldBe true
                    }
                }
            }
            rows("keras").single() shouldContain
                meaning(Conventions::class.java).constant(Conventions.KERAS)!!.take(20)
            rows("reflect").single() shouldContain "|"
            rows("same").single() shouldStartWith "| `same` | TensorFlow's SAME: enough zeros"
        }

        "everything has a sentence" {
            val speechless =
                types(root).filter { meaning(it).sentence?.endsWith(".") != true } +
                    records.flatMap { form ->
                        form.settings
                            .filter { meaning(form.type).setting(it.name) == null }
                            .map { "${form.type.simpleName}.${it.name}" }
                    } +
                    types(root)
                        .filter { it.isEnum }
                        .flatMap { it.enumConstants.toList() }
                        .filter { meaning((it as Enum<*>).declaringJavaClass).constant(it) == null }
            speechless.shouldBeEmpty()
        }

        "a sentence ends where a capital letter follows, brackets aside; no markup is left" {
            meaning(Latent::class.java).constant(Latent.NORMAL) shouldBe "N(0, 1), each element."
            meaning(PadRule::class.java).constant(PadRule.VALID) shouldBe
                "No zeros: the window stays inside. PyTorch's default."
            meaning(Noise::class.java).sentence shouldBe
                "Images of uniform noise in [-1, 1), for benchmarks: any shape, " +
                    "without files and labels."
            meaning(Auxiliary::class.java).sentence!! shouldContain ": the cross entropy of the"
            meaning(Conv::class.java).sentence!! shouldStartWith "Cross-correlation with square"
            meaning(Conv::class.java).setting("padding") shouldBe
                "rows and columns of zeros on each side, or null for the rule `pad`"
        }

        "one word is explained with all of its settings" {
            val text = RecipeWords.about("bssn")
            text shouldStartWith "bssn: a weight norm\n  Bidirectional scaled spectral"
            text shouldContain "\n    scale: number\n        factor applied after the division"
            text shouldContain "\n    power: power = {}\n"
        }

        "a name with several meanings is explained in each" {
            val constant =
                RecipeWords.about("constant").lines().filter { it.startsWith("constant:") }
            constant shouldContainExactly listOf("constant: an initializer", "constant: a schedule")
            RecipeWords.about("train") shouldContain "    steps: integer = 1000\n"
            RecipeWords.about("loss") shouldContain "    hinge\n"
            RecipeWords.about("kernel") shouldContain
                "    conv\n        kernel: integer = 3: side of the kernel in pixels\n"
            RecipeWords.about("valid") shouldContain "valid: pad rule\n"
        }

        "a word has three spellings" {
            fun spellings(word: String) =
                RecipeWords.about(word)
                    .lines()
                    .filter { Regex("  (YAML|Kotlin|Java) .*").matches(it) }
                    .map { it.trim().replace(Regex(" {2,}"), " ") }
            spellings("conv") shouldContainExactly
                listOf(
                    "YAML { type: conv, filters: 8, kernel: 3 }",
                    "Kotlin conv(8, kernel = 3)",
                    "Java Conv.conv(8).kernel(3)",
                )
            spellings("relu") shouldContainExactly
                listOf("YAML relu", "Kotlin relu()", "Java Relu.relu()")
            spellings("skip") shouldContainExactly
                listOf(
                    "YAML { type: skip, layers: [...] }",
                    "Kotlin skip { ... }",
                    "Java Skip.skip(List.of(...))",
                )
            spellings("bssn") shouldContainExactly
                listOf("YAML { type: bssn, scale: 1.0 }", "Kotlin bssn(1.0)", "Java Bssn.bssn(1.0)")
        }

        "the spelling in YAML and the method of Java that are shown for a word are right" {
            for (form in records.filter { it.word != null }) {
                withClue(form.word) {
                    val (yaml, _, java) = Spelling(form).all().map { it.second }
                    if ("..." !in yaml) {
                        val node = YamlTree.parse("x: $yaml", "x") as Fields
                        val settings =
                            (node.entries["x"] as? Fields)?.entries?.keys.orEmpty() - "type"
                        settings.all { form.setting(it) != null } shouldBe true
                        settings.containsAll(form.required.map { it.name }) shouldBe true
                    }
                    val name = Regex("\\w+\\.(\\w+)\\(").find(java)?.groupValues?.get(1)
                    if (name != null) {
                        form.type.methods.any { it.name == name } shouldBe true
                    }
                }
            }
        }

        "an unknown name is answered with the nearest" {
            shouldThrow<IllegalArgumentException> { RecipeWords.about("leakyrelu") }
                .message shouldBe "a recipe has no word 'leakyrelu', did you mean 'leakyRelu'?"
            shouldThrow<IllegalArgumentException> { RecipeWords.about("qqqqqqqq") }.message shouldBe
                "a recipe has no word 'qqqqqqqq'"
        }

        "papers are links" {
            rows("bssn").single() shouldContain
                "[arXiv:2009.02773](https://arxiv.org/abs/2009.02773)"
            Meaning.ARXIV.containsMatchIn("arXiv:1802.05957, equation 8") shouldBe true
        }
    })

/** Every type in a recipe. */
private fun types(form: Schema, known: MutableSet<Class<*>> = linkedSetOf()): Set<Class<*>> {
    when (form) {
        is RecordSchema ->
            if (known.add(form.type)) form.settings.forEach { types(it.schema, known) }
        is ChoiceSchema ->
            if (known.add(form.type)) form.alternatives.values.forEach { types(it, known) }
        is ListSchema -> types(form.element, known)
        is EnumSchema -> known.add(form.type)
        else -> {}
    }
    return known
}
