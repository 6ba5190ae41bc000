package dev.sparring.script

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.digits
import dev.sparring.dsl.gan
import dev.sparring.init.FanRule
import dev.sparring.layer.Conv
import dev.sparring.recipe.Latent
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

private val script =
    """
    val width = 8
    gan("digits") {
        data = digits()
        generator(latent = 64) {
            noise = Latent.UNIFORM
            fans = FanRule.PYTORCH
            dense(width * width); reshape(1, width, width); +Conv.conv(1)
        }
        discriminator { flatten(); dense(1) }
    }
    """
        .trimIndent()

private val recipe =
    gan("digits") {
        data = digits()
        generator(latent = 64) {
            noise = Latent.UNIFORM
            fans = FanRule.PYTORCH
            dense(64)
            reshape(1, 8, 8)
            +Conv.conv(1)
        }
        discriminator {
            flatten()
            dense(1)
        }
    }

class GanScriptHostSpec :
    FreeSpec({
        val folder = tempdir().toPath()
        val cache = folder.resolve("cache")
        fun file(name: String, text: String): Path = folder.resolve(name).apply { writeText(text) }
        fun messageOf(name: String, text: String) =
            shouldThrow<RecipeSyntaxException> {
                    GanScriptHost(cache = cache).read(file(name, text))
                }
                .message!!
                .replace("$folder/", "")

        "a script may begin with a byte order mark, and is UTF-8" {
            GanScriptHost(cache = cache).read(file("bom.gan.kts", "\uFEFF$script")) shouldBe recipe
            messageOf("blank.gan.kts", "\uFEFF// a\nval") shouldStartWith "blank.gan.kts:2:"
            val latin =
                file("latin.gan.kts", "").apply {
                    writeBytes("// \u00fc".toByteArray(Charsets.ISO_8859_1))
                }
            shouldThrow<RecipeSyntaxException> { GanScriptHost(cache = cache).read(latin) }
                .message shouldBe "$latin:1:4: is not UTF-8 text; save it as UTF-8"
        }

        "a script gives the recipe that its last expression is, without imports" {
            GanScriptHost(cache = cache).read(file("a.gan.kts", script)) shouldBe recipe
        }

        "a script that was compiled before is not compiled again" {
            val again = file("again.gan.kts", script)
            GanScriptHost(cache = cache).read(again)
            val jars = cache.listDirectoryEntries("*.jar").toSet()
            GanScriptHost(cache = cache).read(again) shouldBe recipe
            cache.listDirectoryEntries("*.jar").toSet() shouldBe jars
        }

        "a damaged cache costs time only" {
            val damaged = folder.resolve("damaged")
            val file = file("d.gan.kts", script)
            GanScriptHost(cache = damaged).read(file)
            val jar = damaged.listDirectoryEntries("*").shouldHaveSize(1).single()
            jar.writeBytes(byteArrayOf(1, 2, 3))
            GanScriptHost(cache = damaged).read(file) shouldBe recipe
            val notAFolder = file("file", "")
            GanScriptHost(cache = notAFolder).read(file) shouldBe recipe
        }

        "the compiler's messages have their place" {
            messageOf(
                "b.gan.kts",
                "gan {\n    generator {\n        init = orthogonl\n        dense(\"a\")\n    }\n}",
            ) shouldBe
                """
                |b.gan.kts:3:16: Unresolved reference 'orthogonl', did you mean 'orthogonal'?
                |b.gan.kts:4:15: Argument type mismatch: actual type is 'String', but 'Int' was expected."""
                    .trimMargin()
        }

        "an unknown word has the nearest one of its scope" {
            messageOf(
                "hints.gan.kts",
                """
                fun LayersScope.down(n: Int) { cnov(n) }
                val widht = 3
                gan {
                    dta = digits() // generator {
                    conv(1)
                    generator(latnet = 3) {
                        noise = Latent.UNIFROM
                        repeat(2) { dense(width); residual { rleu() } }
                        initByKind { convTransposed = he }
                        conv(3, kernal = 3)
                    }
                    optimizer { generater = adam() }
                    loss = Wassertein(1)
                    nothingLikeThat()
                }
                """
                    .trimIndent(),
            ) shouldBe
                """
                |hints.gan.kts:1:32: Unresolved reference 'cnov', did you mean 'conv'?
                |hints.gan.kts:4:5: Unresolved reference 'dta', did you mean 'data'?
                |hints.gan.kts:5:5: Unresolved reference 'conv'; it is a word of block { } or discriminator { }
                |hints.gan.kts:6:15: No parameter with name 'latnet' found, did you mean 'latent'?
                |hints.gan.kts:7:24: Unresolved reference 'UNIFROM', did you mean 'UNIFORM'?
                |hints.gan.kts:8:27: Unresolved reference 'width', did you mean 'widht'?
                |hints.gan.kts:8:46: Unresolved reference 'rleu', did you mean 'relu'?
                |hints.gan.kts:9:22: Unresolved reference 'convTransposed', did you mean 'convTranspose'?
                |hints.gan.kts:10:17: No parameter with name 'kernal' found, did you mean 'kernel'?
                |hints.gan.kts:12:17: Unresolved reference 'generater', did you mean 'generator'?
                |hints.gan.kts:13:12: Unresolved reference 'Wassertein', did you mean 'Wasserstein'?
                |hints.gan.kts:14:5: Unresolved reference 'nothingLikeThat'."""
                    .trimMargin()
        }

        "an error of the model has its line and no stack trace" {
            messageOf("c.gan.kts", "gan {\n    data = digits(size = 3)\n}") shouldBe
                "c.gan.kts:2:12: size must be between 8 and 64, got 3"
            messageOf("d.gan.kts", "\ngan(\"x\") {\n    data = digits()\n}") shouldBe
                "d.gan.kts:2:1: generator: missing: gan(\"x\") { } needs generator { ... }\n" +
                    "d.gan.kts:2:1: discriminator: missing: gan(\"x\") { } needs discriminator { ... }"
        }

        "another exception has its line and its name" {
            messageOf("e.gan.kts", "\nval r: Recipe = error(\"boom\")\nr") shouldBe
                "e.gan.kts:2: java.lang.IllegalStateException: boom"
        }

        "a script that ends with something else is refused" {
            messageOf("f.gan.kts", "3") shouldBe
                "f.gan.kts: the last expression is a kotlin.Int, so this is a program; sparring run " +
                    "f.gan.kts runs it; a recipe ends with gan { ... }"
            messageOf("g.gan.kts", "val x = 3") shouldBe
                "g.gan.kts: the last expression has no value, so this is a program; sparring run " +
                    "g.gan.kts runs it; a recipe ends with gan { ... }"
        }

        "a missing file is named" {
            shouldThrow<RecipeSyntaxException> {
                    GanScriptHost(cache = cache).read(Path.of("no.gan.kts"))
                }
                .message shouldBe "no.gan.kts: there is no such file"
        }

        "the cache is where the desktop says, else under ~/.cache" {
            ScriptCache.standardFolder(mapOf("XDG_CACHE_HOME" to "/c")) shouldBe
                Path.of("/c/sparring/scripts")
            ScriptCache.standardFolder(emptyMap()) shouldBe
                Path.of(System.getProperty("user.home"), ".cache/sparring/scripts")
        }
    })
