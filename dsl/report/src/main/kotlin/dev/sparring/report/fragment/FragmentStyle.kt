package dev.sparring.report.fragment

import dev.sparring.report.PageParts

/** The class of the element that a fragment is. */
internal const val FRAGMENT = "sparring-fragment"

/**
 * The style of reports for one element of a page that has another style: all of it is nested in the
 * element's class, whose name is doubled so that it counts for more than the page's own rules.
 */
internal object FragmentStyle {
    private val variables = Regex(":root \\{([^}]*)\\}")
    private val root = Regex("(:root|\\bbody) \\{")

    val text: String by lazy {
        val style = PageParts.style
        val (light, dark) = variables.findAll(style).map { it.groupValues[1] }.toList()
        buildString {
            append(".$FRAGMENT.$FRAGMENT {\n")
            append(root.replace(style, "& {"))
            append("& { margin: 0; padding: .75rem 1rem 1rem; max-width: 62rem; }\n")
            append("h3 { font-weight: 600; } details { margin: .75rem 0; }\n")
            append("summary { cursor: pointer; color: var(--quiet); }\n")
            // JupyterLab and VS Code have themes of their own, whatever the browser prefers.
            append(
                "[data-jp-theme-light=true] &, .vscode-light & { $light color-scheme: light; }\n"
            )
            append("[data-jp-theme-light=false] &, .vscode-dark & { $dark color-scheme: dark; }\n")
            append("}\n")
        }
    }
}
