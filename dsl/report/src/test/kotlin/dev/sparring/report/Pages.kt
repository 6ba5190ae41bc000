package dev.sparring.report

import io.kotest.assertions.withClue
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotBeBlank
import java.io.ByteArrayInputStream
import java.nio.file.Path
import java.util.Base64
import javax.imageio.ImageIO
import org.jsoup.Jsoup
import org.jsoup.nodes.Document

/** The page of a folder, parsed, with the checks that apply to every page. */
internal fun pageOf(folder: Path, at: Path = folder): Document =
    checked(Reports.of(folder).html(at))

internal fun checked(html: String): Document {
    val page = Jsoup.parse(html)
    loadsNothing(html, page)
    hasPictures(page)
    isSaid(page)
    val ids = page.select("[id]").map { it.id() }
    withClue("every id is there once") { ids.size shouldBe ids.distinct().size }
    for (link in page.select("a[href^=#]")) page
        .getElementById(link.attr("href").drop(1))
        .shouldNotBeNull()
    // References inside plots, such as to clip paths.
    for (reference in Regex("url\\(#([^)]+)\\)").findAll(html)) {
        withClue(reference.value) {
            page.getElementById(reference.groupValues[1]).shouldNotBeNull()
        }
    }
    return page
}

private fun loadsNothing(html: String, page: Document) {
    withClue("no address of a network") {
        Regex("https?://").findAll(html).toList().shouldBeEmpty()
    }
    // The only script is the one that enlarges pictures.
    page.select("script").map { it.data() }.filter { it != PageParts.pictures }.shouldBeEmpty()
    page.select("script[src]").shouldBeEmpty()
    page.select("link, iframe, object, embed, base, image, use").shouldBeEmpty()
    page.select("[onload], [onclick], [srcset], [xlink:href]").shouldBeEmpty()
    page
        .select("img")
        .map { it.attr("src") }
        .filterNot { it.startsWith("data:image/png;base64,") }
        .shouldBeEmpty()
    Regex("@import|@font-face|url\\((?!#)")
        .findAll(page.select("style").html())
        .toList()
        .shouldBeEmpty()
}

private fun hasPictures(page: Document) {
    for (picture in page.select("img")) {
        picture.attr("alt").shouldNotBeBlank()
        val bytes = Base64.getDecoder().decode(picture.attr("src").substringAfter(","))
        val image = ImageIO.read(ByteArrayInputStream(bytes)).shouldNotBeNull()
        image.width shouldBe picture.attr("data-width").toInt()
        image.height shouldBe picture.attr("data-height").toInt()
        val shown = picture.attr("width").toInt()
        withClue("$shown of ${image.width} pixels: a whole multiple, or a whole fraction") {
            (shown % image.width == 0 || image.width / (image.width / shown) == shown) shouldBe true
        }
    }
}

/** Plots have titles, and no coordinate that is not a number. */
private fun isSaid(page: Document) {
    for (plot in page.select("svg")) {
        val title = page.getElementById(plot.attr("aria-labelledby")).shouldNotBeNull()
        title.parent() shouldBe plot
        title.text().shouldNotBeBlank()
        Regex("NaN|Infinity|null").findAll(plot.outerHtml()).toList().shouldBeEmpty()
    }
}

/** A part of a page, by the heading in the table of contents. */
internal fun Document.part(id: String) = getElementById(id).shouldNotBeNull()

internal fun Document.contents(): List<String> = select("nav a").map { it.text() }

/** The chart with that heading. */
internal fun Document.chart(title: String) =
    select("figure.plots").single { it.select("h3").text() == title }
