package dev.sparring.jupyter

import dev.sparring.dsl.RecipeText
import dev.sparring.plan.GamePlan
import dev.sparring.run.RunException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import java.io.ByteArrayInputStream
import java.nio.file.Path
import java.util.Base64
import javax.imageio.ImageIO
import kotlin.concurrent.thread
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.jsoup.Jsoup

/** The sample notebook, cell by cell, and what else cells may do; one kernel for all. */
class NotebookSpec :
    FreeSpec({
        val folder = tempdir().toPath()
        val kernel = NotebookKernel()
        afterSpec { kernel.close() }

        /** The cells of code of the sample, but the first, which loads what is here already. */
        val cells =
            Json.parseToJsonElement(Path.of("../../samples/notebooks/ring.ipynb").readText())
                .jsonObject["cells"]!!
                .jsonArray
                .map { it.jsonObject }
                .filter { it["cell_type"]!!.jsonPrimitive.content == "code" }
                .map { it["source"]!!.jsonArray.joinToString("") { l -> l.jsonPrimitive.content } }

        /** Writes outputs to be looked at, with -Dsparring.notebook=FOLDER. */
        fun keep(name: String, outputs: List<NotebookKernel.Output>) {
            val place = System.getProperty("sparring.notebook")?.let(Path::of) ?: return
            val html =
                outputs.joinToString("\n<hr>\n") {
                    it.data["text/html"]
                        ?: it.data["image/png"]?.let { png ->
                            "<img src='data:image/png;base64,$png'>"
                        }
                        ?: "<pre>${it.data["text/plain"]}</pre>"
                }
            place.createDirectories().resolve("$name.html").writeText("<!DOCTYPE html>$html")
        }

        fun run(name: String, code: String) = kernel.run(code).also { keep(name, it) }
        fun NotebookKernel.Output.html() = Jsoup.parse(data["text/html"]!!).body()
        fun NotebookKernel.Output.picture() =
            ImageIO.read(ByteArrayInputStream(Base64.getDecoder().decode(data["image/png"])))!!
        /** A cell of the sample whose run is in the test's folder. */
        fun here(code: String) =
            code.replace(
                "sparring.train(recipe",
                "sparring.train(recipe, java.nio.file.Path.of(\"$folder/ring\")",
            )

        "the sample loads the library from the local repository" {
            cells.first() shouldContain "sparring-jupyter"
        }

        "a recipe is its check's tables" {
            val page = run("recipe", cells[1]).single().html()
            page.select(".sparring-fragment").shouldHaveSize(1)
            page.select("h3").text() shouldContain "notebook-ring: samples (2), loss nonSaturating"
            page.select("p:has(strong)").first()!!.text() shouldStartWith
                "generator: 17,154 parameters, adam("
            page.select("table.grid").shouldHaveSize(3)
            val row =
                page.select("table.grid").first()!!.select("tr")[2].select("td").map { it.text() }
            row.take(4) shouldBe listOf("0", "dense 128", "(128)", "384")
            page.select("script, link, [src^=http]").shouldBeEmpty()
        }

        "a training shows itself while it goes on, and what has become of it at the end" {
            val shown = run("training", here(cells[2]))
            shown.size shouldBeGreaterThan 1
            shown.map { it.isUpdate }.distinct() shouldBe listOf(false, true)
            shown.map { it.id }.distinct().shouldHaveSize(1)
            val last = shown.last().html()
            last.select(".status").text() shouldBe "Completed all 1,200 steps."
            last.select("svg").size shouldBeGreaterThan 1
            last.select("figcaption").map { it.text() } shouldContain
                "notebook-ring, seed 7: step 1,200"
        }

        "a run is its report's head, and the name of its folder in the cell that trained it" {
            val page = run("run", cells[3]).single().html()
            page.select(".pictures img").shouldHaveSize(4)
            page.select("details").text() shouldContain "$folder"
            val again =
                "sparring.train(gan(\"short\") { data = ring(); generator { dense(2) }; " +
                    "discriminator { dense(1) }; train(steps = 2) }, java.nio.file.Path.of(\"$folder/short\"))"
            run("short", again).last().data shouldBe mapOf("text/plain" to "run $folder/short")
            run("refused", again).single().data["text/plain"] shouldBe
                "$folder/short: has a run already; resume = true goes on with it"
        }

        "samples and arrays are pictures" {
            run("samples", cells[4]).single().picture().width shouldBeGreaterThan 300
            val digits = run("digits", cells[5]).single()
            digits.picture().width shouldBeGreaterThan 500
            digits.data["text/plain"] shouldBe "samples of shape (40, 1, 8, 8)"
            run("numbers", "sparring.picture(floatArrayOf(1f, 2f), 2)").single().data shouldBe
                mapOf("text/plain" to "samples of shape (2)")
        }

        "a recipe that does not fit together is a line" {
            val wrong =
                "gan(\"wrong\") { data = ring(); generator { dense(3) }; discriminator { dense(1) } }"
            run("wrong", wrong).single().data["text/plain"]!! shouldContain "generator"
        }

        "a training that needs more memory than there is is refused" {
            val digits = GamePlan.of(RecipeText.read(Path.of("../../samples/recipes/digits.yaml")))
            val opener = EngineOpener("torch", "cpu")
            opener.requireMemory(digits)
            shouldThrow<RunException> { opener.requireMemory(digits, available = 1e6) }
                .message!! shouldMatch
                Regex(
                    "the training takes about [\\d,]+ MB on torch, and there are 1 MB of memory " +
                        "here; use a smaller train.batch, smaller samples or layers, or " +
                        "ignoreMemory = true"
                )
        }

        "a training whose memory is not asked for runs" {
            val recipe =
                "gan(\"small\") { data = ring(); generator { dense(2) }; " +
                    "discriminator { dense(4); relu(); dense(1) }; train(steps = 1, batch = 8) }"
            val place = "java.nio.file.Path.of(\"$folder/small\")"
            run("ignored", "sparring.train($recipe, $place, ignoreMemory = true)")
                .last()
                .data["text/plain"]!! shouldBe "run $folder/small"
        }

        "a cell that is interrupted leaves a run that can be resumed" {
            val recipe =
                "gan(\"long\") { data = ring(); generator { dense(8); relu(); dense(2) }; " +
                    "discriminator { dense(8); relu(); dense(1) }; train(steps = STEPS) }"
            val place = "java.nio.file.Path.of(\"$folder/long\")"
            var thrown: Throwable? = null
            // Those of the cell before would be taken for this one's, which still compiles.
            kernel.outputs.clear()
            val cell =
                thread(isDaemon = true) {
                    thrown =
                        runCatching {
                                kernel.run(
                                    "sparring.train(${recipe.replace("STEPS", "1000000")}, $place)"
                                )
                            }
                            .exceptionOrNull()
                }
            while (kernel.outputs.size < 2) Thread.sleep(100)
            cell.interrupt()
            cell.join(60_000)
            cell.isAlive shouldBe false
            (thrown is InterruptedException) shouldBe true
            val shown = kernel.outputs.last()
            val status = shown.html().select(".status").text()
            status shouldStartWith "Stopped after step "
            val step = Regex("[\\d,]+").find(status)!!.value.replace(",", "").toInt()
            run(
                "resumed",
                "sparring.train(${recipe.replace("STEPS", "${step + 3}")}, $place, resume = true)",
            )
            kernel.outputs.last { it.id != null }.html().select(".status").text() shouldBe
                "Completed all %,d steps.".format(step + 3)
        }
    })
