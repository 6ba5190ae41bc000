package dev.sparring.report.run

import dev.sparring.report.count
import kotlinx.html.FlowContent
import kotlinx.html.classes
import kotlinx.html.div
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.img

/** The width that a picture has on a page at most, in pixels. */
private const val ROOM = 320

/**
 * A picture in a whole multiple or a whole fraction of its size: at others, some of its pixels
 * would be wider than their neighbors. The description stands below it and in its alternative text.
 */
internal fun FlowContent.picture(picture: SamplePictures.Picture, caption: String) =
    figure(classes = "picture") {
        img(alt = "Samples: $caption", src = picture.data) {
            val times = ROOM / picture.width
            if (times > 1) classes = setOf("crisp")
            attributes["width"] = "${shown(picture.width, picture.width)}"
            attributes["height"] = "${shown(picture.height, picture.width)}"
            attributes["data-width"] = "${picture.width}"
            attributes["data-height"] = "${picture.height}"
        }
        figcaption { +caption }
    }

/** The pictures of a run's samples over its steps. */
internal fun FlowContent.pictures(report: RunReport) =
    div("pictures steps") {
        for (it in report.pictures.shown) {
            val shrunk = it.shrunk?.let { size -> ", shrunk from $size" }.orEmpty()
            picture(it, "${report.title}: step ${count(it.step)}$shrunk")
        }
    }

/** A width or height as it is shown, of a picture of that [width]. */
private fun shown(size: Int, width: Int): Int {
    val times = ROOM / width
    return if (times >= 1) size * times else maxOf(1, size / ((width + ROOM - 1) / ROOM))
}
