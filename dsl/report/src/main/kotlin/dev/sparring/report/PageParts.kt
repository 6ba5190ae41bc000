package dev.sparring.report

/** What pages of Sparring are made of, for reports and for pages that a server shows. */
public object PageParts {
    /** The style sheet. */
    public val style: String by lazy { text("style.css") }

    /**
     * A script for pictures, which a page can do without: those in an element of class `steps` get
     * a slider over their steps, and each one is enlarged by a click, to whole multiples of its
     * pixels.
     */
    public val pictures: String by lazy { text("pictures.js") }

    private fun text(name: String) =
        checkNotNull(Report::class.java.getResourceAsStream(name)).use {
            it.readAllBytes().decodeToString()
        }
}
