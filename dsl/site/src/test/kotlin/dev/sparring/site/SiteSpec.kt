package dev.sparring.site

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.createParentDirectories
import kotlin.io.path.exists
import kotlin.io.path.extension
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.walk
import kotlin.io.path.writeText
import org.jsoup.Jsoup
import org.jsoup.nodes.Document

class SiteSpec :
    FreeSpec({
        fun page(file: Path): Document = Jsoup.parse(file.readText())
        fun project(vararg files: Pair<String, String>): Path {
            val root = tempdir().toPath()
            files.forEach { (name, text) ->
                root.resolve(name).createParentDirectories().writeText(text)
            }
            return root
        }

        "the project's own documentation, read by a parser of HTML: every link leads somewhere" {
            val out = tempdir().toPath().resolve("site")
            Site(Path.of("../..").toAbsolutePath().normalize()).write(out) shouldBeGreaterThan 15
            val pages = out.walk().filter { it.extension == "html" }.associateWith(::page)
            val broken =
                pages.flatMap { (file, html) ->
                    html.select("[href], [src]").mapNotNull {
                        val target = it.attr("href") + it.attr("src")
                        if (target.startsWith("http")) return@mapNotNull null
                        val to = file.parent.resolve(target.substringBefore('#')).normalize()
                        val there = if (target.startsWith("#")) file else to
                        val anchor = target.substringAfter('#', "")
                        val isThere =
                            there.exists() &&
                                (anchor.isEmpty() || pages[there]?.getElementById(anchor) != null)
                        "$file: $target".takeIf { !isThere }
                    }
                }
            broken.shouldBeEmpty()
            val home = pages.getValue(out.resolve("index.html"))
            home.title() shouldBe "Sparring"
            home.select("script, link, iframe").shouldBeEmpty()
            home.select("nav a[aria-current]").map { it.text() }.distinct() shouldBe
                listOf("Sparring")
            home.select(".wide-only a").map { it.attr("href") } shouldContainAll
                listOf("dsl/words.html", "samples/sweeps/queues.html")
            out.resolve("samples/pictures/digits.png").readBytes().size shouldBe
                Path.of("../../samples/pictures/digits.png").readBytes().size
        }

        "links, pictures and folders have their places, and text is escaped" {
            val root =
                project(
                    "README.md" to
                        "# A & `<b>`\n\n[b](b/c.md#two-words), [here](#a--b), [f](b), ![p](b/p%20q.png)\n",
                    "b/c.md" to "# C\n\n## Two words\n\n[up](../README.md)\n\n|a|\n|-|\n|1|\n",
                    "b/p q.png" to "no real picture",
                    "target/x.md" to "[broken](nowhere.md)",
                )
            val out = root.resolve("target/site").createDirectories()
            out.resolve("old.html").writeText("of another build")
            Site(root).write(out) shouldBe 2
            out.resolve("old.html").exists() shouldBe false
            val home = page(out.resolve("index.html"))
            home.select("main h1").text() shouldBe "A & <b>"
            home.select("main a, main img").map { it.attr("href") + it.attr("src") } shouldBe
                listOf("b/c.html#two-words", "#a--b", "b/index.html", "b/p%20q.png")
            out.resolve("b/p q.png").readText() shouldBe "no real picture"
            val folder = page(out.resolve("b/index.html"))
            folder.select("main a").map { it.attr("href") } shouldBe listOf("c.html", "p%20q.png")
            val inner = page(out.resolve("b/c.html"))
            inner.select("main a").attr("href") shouldBe "../index.html"
            inner.select(".scroll > table.grid td").text() shouldBe "1"
        }

        "links that lead nowhere are named with file and line, and nothing is written" {
            val root =
                project(
                    "README.md" to
                        "# A\n\ntext\n[gone](gone.md) and\n[no heading](b.md#none)\n\n![](../out.png)\n",
                    "b.md" to "# B\n\n| a |\n|---|\n| [x](c.txt#y) |\n",
                    "c.txt" to "",
                )
            val out = root.resolve("site")
            shouldThrow<BrokenLinks> { Site(root).write(out) }
                .problems
                .shouldContainExactly(
                    "README.md:4: link to gone.md: no such file",
                    "README.md:5: link to b.md#none: no such heading",
                    "README.md:7: link to ../out.png: it leads out of the project",
                    "b.md:5: link to c.txt#y: only pages have headings",
                )
            out.exists() shouldBe false
        }
    })
