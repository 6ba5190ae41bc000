package dev.sparring.site

/**
 * Links in the documentation that lead nowhere, a line each with file, line and what is missing.
 */
internal class BrokenLinks(val problems: List<String>) :
    Exception("broken links in the documentation:\n" + problems.joinToString("\n"))
