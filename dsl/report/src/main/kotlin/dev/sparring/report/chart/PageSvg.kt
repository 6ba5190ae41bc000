package dev.sparring.report.chart

import java.io.StringReader
import java.io.StringWriter
import java.math.BigDecimal
import java.math.RoundingMode
import javax.xml.XMLConstants
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.transform.OutputKeys
import javax.xml.transform.TransformerFactory
import javax.xml.transform.dom.DOMSource
import javax.xml.transform.stream.StreamResult
import org.w3c.dom.Element
import org.w3c.dom.Node
import org.w3c.dom.Text
import org.xml.sax.InputSource

/**
 * Makes the library's SVG part of a page: it fills the available width and takes fonts and text
 * colors from the page's style. The library's random identifiers are replaced, so that equal runs
 * have equal reports.
 */
internal object PageSvg {
    private val NUMBER = Regex("-?\\d+\\.\\d+(E-?\\d+)?")
    private val NUMBERS =
        Regex("d|points|transform|[xyr][12]?|c[xy]|width|height|stroke-width|.*opacity")

    /** In the library's SVG, the last number of an axis extends beyond the edge. */
    private const val BESIDE = 14

    fun of(svg: String, id: String, title: String, width: Int, height: Int): String {
        val document =
            DocumentBuilderFactory.newInstance()
                .apply { setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true) }
                .newDocumentBuilder()
                .parse(InputSource(StringReader(svg)))
        val root = document.documentElement
        val names = mutableMapOf<String, String>()
        tidy(root) { names.getOrPut(it) { "$id-${names.size + 1}" } }
        refer(root, names)
        for (name in listOf("xmlns", "xmlns:xlink", "width", "height")) root.removeAttribute(name)
        root.setAttribute("class", "plot")
        root.setAttribute("viewBox", "0 0 ${width + BESIDE} $height")
        root.setAttribute("role", "img")
        root.setAttribute("aria-labelledby", "$id-title")
        val heading = document.createElement("title")
        heading.setAttribute("id", "$id-title")
        heading.textContent = title
        root.insertBefore(heading, root.firstChild)
        return text(root)
    }

    private fun tidy(element: Element, name: (String) -> String) {
        val attributes = element.attributes
        for (i in 0 until attributes.length) {
            val attribute = attributes.item(i)
            if (attribute.nodeName == "id") attribute.nodeValue = name(attribute.nodeValue)
            else if (NUMBERS.matches(attribute.nodeName)) {
                attribute.nodeValue = NUMBER.replace(attribute.nodeValue) { rounded(it.value) }
            }
        }
        for (child in children(element)) {
            when {
                child is Element && child.tagName == "style" -> element.removeChild(child)
                child is Element -> tidy(child, name)
                child is Text && child.data.isBlank() -> element.removeChild(child)
                child is Text -> child.data = child.data.trim()
            }
        }
    }

    /** Lets references such as url(#id) follow the new names. */
    private fun refer(element: Element, names: Map<String, String>) {
        val attributes = element.attributes
        for (i in 0 until attributes.length) {
            val attribute = attributes.item(i)
            if ('#' !in attribute.nodeValue) continue
            names.forEach { (old, new) ->
                attribute.nodeValue = attribute.nodeValue.replace("#$old)", "#$new)")
            }
        }
        children(element).filterIsInstance<Element>().forEach { refer(it, names) }
    }

    private fun children(element: Element): List<Node> =
        List(element.childNodes.length) { element.childNodes.item(it) }

    /** To a hundredth of a pixel. */
    private fun rounded(number: String): String =
        BigDecimal(number).setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString()

    private fun text(root: Element): String {
        val writer = StringWriter()
        TransformerFactory.newInstance()
            .newTransformer()
            .apply { setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes") }
            .transform(DOMSource(root), StreamResult(writer))
        return writer.toString()
    }
}
