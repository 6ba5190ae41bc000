package dev.sparring.report.run

import kotlinx.html.FlowContent
import kotlinx.html.classes
import kotlinx.html.figcaption
import kotlinx.html.figure
import kotlinx.html.img

/**
 * The approximate width of pictures on a page; smaller ones are enlarged and keep their sharp
 * pixels.
 */
private const val PICTURE = 320

/** The description stands below the picture and in its alternative text. */
internal fun FlowContent.picture(picture: SamplePictures.Picture, caption: String) =
    figure(classes = "picture") {
        val isSmall = picture.width <= PICTURE
        img(alt = "Samples: $caption", src = picture.data) {
            if (isSmall) classes = setOf("crisp")
            attributes["width"] = "${picture.width}"
            attributes["height"] = "${picture.height}"
        }
        figcaption { +caption }
    }
