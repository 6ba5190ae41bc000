package dev.sparring.dsl

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.dsl.sweep.SweepText
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.charset.Charset
import kotlin.io.path.createDirectory
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.time.measureTimedValue

private const val TOO_DEEP =
    "nested too deeply: lists and settings of a text have 200 levels at most"

/** An answer takes less than a second; these tests may share the machine with others. */
private const val MOST_MILLISECONDS = 10_000L

/** What a text is answered with, and soon. */
private fun messageOf(text: String, source: String = "d.yaml"): String {
    val (message, time) =
        measureTimedValue {
            shouldThrow<RecipeSyntaxException> { RecipeText.fromYaml(text, source) }.message!!
        }
    withClue(text.take(100)) { time.inWholeMilliseconds shouldBeLessThan MOST_MILLISECONDS }
    return message
}

/** All that a recipe needs. */
private const val WHOLE = "data: ring\ngenerator: { layers: [] }\ndiscriminator: { layers: [] }"

private fun recipe(layers: String) =
    "data: digits\ngenerator: { latent: 2, layers: [] }\ndiscriminator:\n  layers:\n$layers\n"

class HostileTextSpec :
    FreeSpec({
        "what is nested too deeply is refused where that begins, and fast" {
            val residual = "{ type: residual, layers: ["
            messageOf(recipe("    - ${residual.repeat(1_000)}relu${"] }".repeat(1_000)}")) shouldBe
                "d.yaml:5:${7 + deepAt(residual)}: $TOO_DEEP"
            messageOf("{a: ".repeat(5_000) + "}".repeat(5_000)) shouldBe "d.yaml:1:801: $TOO_DEEP"
            messageOf("[".repeat(100_000)) shouldBe "d.yaml:1:201: $TOO_DEEP"
            messageOf("{".repeat(100_000)) shouldContain "d.yaml:1:"
            messageOf("- ".repeat(50_000) + "a") shouldBe "d.yaml:1:401: $TOO_DEEP"
            messageOf("? ".repeat(50_000) + "a") shouldContain "d.yaml:1:"
            messageOf((0 until 1_000).joinToString("\n") { "  ".repeat(it) + "a:" }) shouldBe
                "d.yaml:201:401: $TOO_DEEP"
            messageOf("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000), "d.json") shouldBe
                "d.json:1:1001: $TOO_DEEP"
        }

        "deep values of changes are refused too" {
            val deep = "discriminator.layers=" + "[".repeat(100_000)
            shouldThrow<RecipeSyntaxException> { Overrides.apply(kotlinFace, listOf(deep)) }
                .message!!
                .let {
                    it shouldStartWith "--set discriminator.layers=[[["
                    it shouldContain ":1:201: $TOO_DEEP"
                    (it.length < 300) shouldBe true
                }
        }

        "changes of changes cannot nest a recipe more deeply than a text" {
            val item = "{ type: residual, layers: ["
            val half = item.repeat(60) + "relu" + "] }".repeat(60)
            val path = "discriminator.layers.0" + ".layers.0".repeat(60)
            shouldThrow<RecipeSyntaxException> {
                    Overrides.apply(
                        kotlinFace,
                        listOf("discriminator.layers.0=$half", "$path=$half"),
                    )
                }
                .message!! shouldContain TOO_DEEP
        }

        "aliases do not multiply without a limit" {
            val bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\n" +
                    ('b'..'i').joinToString("\n") { c ->
                        "$c: &$c [${List(9) { "*${c - 1}" }.joinToString(",")}]"
                    }
            messageOf(bomb) shouldBe "d.yaml:6:8: aliases stand for more than 100,000 values"
            val deep = "a0: &a0 []\n" + (1..300).joinToString("\n") { "a$it: &a$it [*a${it - 1}]" }
            messageOf(deep) shouldContain TOO_DEEP
            messageOf("a: &a [*a]") shouldBe "d.yaml:1:8: the alias *a stands in its anchor"
            messageOf("a: *b") shouldBe "d.yaml:1:4: the alias *b has no anchor &... before it"
        }

        "settings are merged by <<, and what cannot be merged is refused" {
            val yaml =
                """
                data: digits
                generator: { latent: 2, layers: [{ type: dense, units: 1 }] }
                discriminator: { layers: [{ type: dense, units: 1 }] }
                optimizer:
                  generator: &o { type: adam, lr: 0.5, beta1: 0.25 }
                  discriminator: { <<: *o, lr: 0.125 }
                """
                    .trimIndent()
            RecipeText.fromYaml(yaml).optimizer.discriminator shouldBe adam(0.125, beta1 = 0.25)
            messageOf("<<: 3") shouldBe "d.yaml:1:5: <<: expected settings to merge, got '3'"
            messageOf("<<: [{ a: 1 }, [2]]") shouldBe
                "d.yaml:1:16: <<: expected settings to merge, got a list"
            messageOf("<<: { a: 1 }\n<<: { b: 1 }") shouldStartWith "d.yaml:2:1: duplicate key '<<'"
        }

        "what is no YAML, or no such YAML as recipes are, is one line with its place" {
            for ((text, message) in
                listOf(
                    "%YAML 2.0\n---\na: 1" to
                        "d.yaml:1:1: this version of YAML is not known; leave the line out",
                    "# x\n%YAML 3.1\n---\na: 1" to
                        "d.yaml:2:1: this version of YAML is not known; leave the line out",
                    "%TAG ! tag:x,2000:\n---\na: !b 1" to
                        "d.yaml:3:4: a tag (tag:x,2000:b); recipes name a type by 'type: ...'",
                    "!!map { a: 1 }" to
                        "d.yaml:1:1: a tag (tag:yaml.org,2002:map); recipes name a type by 'type: ...'",
                    "!!str a: 1" to
                        "d.yaml:1:1: expected a key, which is a word or text in quotation marks",
                    "[a]: 1" to
                        "d.yaml:1:1: expected a key, which is a word or text in quotation marks",
                    "null: 1" to
                        "d.yaml:1:1: expected a key, which is a word or text in quotation marks",
                    "a: 1\n---\nb: 1" to "d.yaml:2:1: a second document ('---'); a file holds one",
                    "a: 1\n...\nb: 1" to
                        "d.yaml:2:4: expected '<document start>', but found '<block mapping start>'",
                    "a: \ud83d" to "d.yaml:1:4: the character U+D83D cannot stand in YAML",
                    "a: 1\nb: \u001b[31m" to "d.yaml:2:4: the character U+001B cannot stand in YAML",
                )) {
                messageOf(text) shouldBe message
            }
            for (text in
                listOf(
                    "%YAML x\n---\na",
                    "%YAML 99999999999999999999.1\n---\na",
                    "%FOO\n%BAR",
                    "a: \"\\U00110000\"",
                    "a: \"\\UFFFFFFFF\"",
                    "a: \"\\xZZ\"",
                    "a: \"\\ud800\"",
                    "& a",
                    "* ",
                    "!<",
                    "!<tag:%ff%fe> a",
                    "a: |99999999999\n b",
                    "a: >0\n b",
                    "a:\n\t- b",
                    "@a",
                    "`a",
                    "\"",
                    "'",
                    "{a: 1",
                    "]",
                    "a: b: c",
                    "a\nb: 1",
                    "---\n---",
                    "---",
                    "--- # nothing",
                    "?",
                    "- ? a\n  : b",
                )) {
                val message = messageOf(text)
                withClue("$text -> $message") {
                    message.lines().forEach { it shouldStartWith "d.yaml:" }
                    Regex("d.yaml:\\d+:\\d+: .+").matches(message.lines().first()) shouldBe true
                }
            }
        }

        "long values are shortened, and no character of a text reaches the terminal as it is" {
            val long = "x".repeat(100_000)
            messageOf("data: $long").length shouldBeLessThanInt 700
            messageOf("${"x".repeat(1_000)}: 1") shouldContain
                "${"x".repeat(87)}...${"x".repeat(10)}: unknown setting"
            messageOf("name: \"$long!\"\n$WHOLE") shouldContain "' (100001 characters)"
            messageOf(WHOLE.replace("ring", long)).substringBefore("; there") shouldBe
                "d.yaml:1:7: data: unknown data '${"x".repeat(87)}...${"x".repeat(10)}' (100000 characters)"
            messageOf("a: &a 1\n\"b\\u001b[2J\": *a") shouldContain "b\\u001b[2J: unknown setting"
            messageOf("data: \"\\e[31m\\0\\u202E\\u200F\\u2028\\r\\n\"") shouldContain
                "unknown data '\\u001b[31m\\u0000\\u202e\\u200f\\u2028\\r\\n'"
            messageOf("name: \"\\a\"\n$WHOLE") shouldContain "got '\\u0007'"
            messageOf("[$long".repeat(3)).lines().forEach { it.length shouldBeLessThanInt 700 }
            messageOf("a", "d\u001b[31m\n.yaml") shouldStartWith
                "d\\u001b[31m\\n.yaml:1:1: expected"
        }

        "a text in which much is wrong says the first hundred problems" {
            val many = recipe((1..50_000).joinToString("\n") { "    - no$it" })
            messageOf(many).lines() shouldHaveSize 100
        }

        "long texts that are right are read, and longer ones than the limit refused" {
            val limit = 3 * 1024 * 1024
            val start = "data: ring\ngenerator: { layers: [] }\ndiscriminator: { layers: [] }\n"
            val comment = "#${"x".repeat(998)}\n"
            RecipeText.fromYaml((start + comment.repeat(limit / comment.length)).take(limit))
            messageOf("a".repeat(limit + 1)) shouldBe
                "d.yaml: has 3,145,729 characters; a text of a recipe has 3,145,728 characters at most"
        }

        "JSON has escapes of surrogate pairs" {
            val recipe = recipe("    - { type: block, name: \"\\ud83d\\ude00\" }")
            RecipeText.fromYaml(recipe).discriminator.layers.single() shouldBe
                dev.sparring.layer.Block("\ud83d\ude00")
        }

        "files" -
            {
                val folder = tempdir().toPath()
                fun message(name: String, bytes: ByteArray): String {
                    val file = folder.resolve(name).apply { writeBytes(bytes) }
                    return shouldThrow<RecipeSyntaxException> { RecipeText.read(file) }
                        .message!!
                        .replace("$folder/", "")
                }
                "of other encodings are named, with the place" {
                    message(
                        "a.yaml",
                        "data: ring\nname: \u00fc".toByteArray(Charsets.ISO_8859_1),
                    ) shouldBe "a.yaml:2:7: is not UTF-8 text; save it as UTF-8"
                    for (charset in listOf("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32")) {
                        val bytes = "data: ring".toByteArray(Charset.forName(charset))
                        message("b.yaml", bytes) shouldStartWith "b.yaml:1:"
                    }
                    message("c.yaml", "data: ring".toByteArray(Charsets.UTF_16)) shouldBe
                        "c.yaml:1:1: is UTF-16 text; save it as UTF-8"
                    // A half of a surrogate pair, as some programs write it.
                    message("d.yaml", byteArrayOf(97, 58, 32, -19, -96, -67)) shouldBe
                        "d.yaml:1:4: is not UTF-8 text; save it as UTF-8"
                }
                "may begin with a byte order mark" {
                    val text = recipe("    - relu")
                    val file = folder.resolve("bom.yaml").apply { writeText("\uFEFF$text") }
                    RecipeText.read(file) shouldBe RecipeText.fromYaml(text)
                }
                "that are too long are not read" {
                    message("long.yaml", ByteArray(10_000_000) { 97 }) shouldBe
                        "long.yaml: has 3,333,333 characters or more; a text of a recipe has " +
                            "3,145,728 characters at most"
                    message("longer.yaml", ByteArray(3_200_000) { 97 }) shouldBe
                        "longer.yaml: has 3,200,000 characters; a text of a recipe has " +
                            "3,145,728 characters at most"
                }
                "that are folders are named" {
                    val file = folder.resolve("folder.yaml").createDirectory()
                    shouldThrow<RecipeSyntaxException> { RecipeText.read(file) }.message shouldBe
                        "$file: is a folder"
                }
            }

        "a change below a list that is none is refused" {
            fun message(vararg settings: String) =
                shouldThrow<RecipeSyntaxException> {
                        Overrides.apply(kotlinFace, settings.toList())
                    }
                    .message
            message("generator.layers=relu", "generator.layers.0=relu") shouldBe
                "--set generator.layers.0=relu: generator.layers: expected a list, got 'relu'"
            message("generator.layers={}", "generator.layers.0.units=3") shouldBe
                "--set generator.layers.0.units=3: generator.layers: expected a list, got no settings"
            message("generator.layers=", "generator.layers.0=relu") shouldBe
                "--set generator.layers.0=relu: generator.layers: is not set; set it as a whole first"
            message("terms=3", "terms.0.type=r1") shouldBe
                "--set terms.0.type=r1: terms: expected a list, got '3'"
            message("generator=[]", "generator.layers.0=relu") shouldBe
                "--set generator.layers.0=relu: generator: expected settings, got a list"
            message("loss=# nothing") shouldBe
                message("loss=")!!.replace("loss=:", "loss=# nothing:")
            message("name=a\u001b[31mb") shouldStartWith
                ("--set name=a\\u001b[31mb:1:2: the character U+001B")
        }

        "sweeps" -
            {
                val folder = tempdir().toPath()
                fun message(text: String): String {
                    val file = folder.resolve("s.yaml").apply { writeText(text) }
                    return shouldThrow<RecipeSyntaxException> {
                            SweepText.read(file, emptyList()) { RecipeText.read(it) }
                        }
                        .message!!
                        .replace("$folder/", "")
                }
                val recipe =
                    "recipe: { data: ring, generator: { layers: [{ type: dense, units: 2 }] }, discriminator: { layers: [{ type: dense, units: 1 }] } }\n"
                "are refused as recipes are" {
                    message("# nothing\n") shouldBe
                        "s.yaml: is empty; a sweep has at least recipe and seeds"
                    message("[".repeat(100_000)) shouldBe "s.yaml:1:201: $TOO_DEEP"
                    message("%YAML 2.0\n---\nseeds: 1") shouldStartWith "s.yaml:1:1: this version"
                    message("seeds: 1\nrecipe: \"a\\0b\"") shouldBe
                        "s.yaml:2:9: recipe: no file can be named so: Nul character not allowed"
                    message("${recipe}seeds: [${(1..10_001).joinToString()}]") shouldBe
                        "s.yaml:2:8: seeds: expected 1 to 10000 seeds, got 10001"
                    message("${recipe}seeds: 1\naxes: { train.batch: { \"a\\e\": 1 } }") shouldBe
                        "s.yaml:3:31: axes.train.batch: a value needs a label of one line"
                    message("${recipe}seeds: 1\naxes: { ${"a".repeat(5_000)}: [1] }")
                        .length shouldBeLessThanInt 700
                    message("${recipe}seeds: 1\nname: \"${"a".repeat(5_000)} \"")
                        .length shouldBeLessThanInt 400
                    message("${recipe}seeds: 1\naxes: { generator.layers.0.0: [1] }") shouldBe
                        "s.yaml:3:9: generator.layers.0.0: unknown setting; dense has " +
                            "units, bias, init, norm, rate"
                }
            }

        "comparing takes time in proportion to what is compared" {
            val deep =
                "discriminator.layers=[" +
                    "{ type: residual, layers: [".repeat(60) +
                    "relu" +
                    "] }".repeat(60) +
                    "]"
            val wide =
                "discriminator.layers=[" +
                    List(5_000) { "{ type: leakyRelu, slope: 0.${it + 1} }" }.joinToString() +
                    "]"
            val (a, b) = listOf(deep, wide).map { Overrides.apply(kotlinFace, listOf(it)) }
            val other = Overrides.apply(b, listOf("discriminator.layers.2500=tanh"))
            val (found, time) =
                measureTimedValue {
                    RecipeDiff.of(a, kotlinFace) shouldNotBe emptyList<Any>()
                    RecipeDiff.of(b, a) shouldNotBe emptyList<Any>()
                    RecipeDiff.of(b, other)
                }
            found.single().path shouldBe "discriminator.layers.2500"
            time.inWholeSeconds shouldBeLessThan 10L
        }
    })

/**
 * Characters before what is too deep: the recipe, its discriminator and the layers are 3 levels.
 */
private fun deepAt(residual: String): Int = 98 * residual.length + residual.lastIndexOf('[')

private infix fun Int.shouldBeLessThanInt(limit: Int) = toLong() shouldBeLessThan limit.toLong()
