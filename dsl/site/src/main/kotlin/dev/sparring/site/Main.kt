package dev.sparring.site

import java.nio.file.Path

/**
 * Writes the documentation as pages of HTML: `args` are the folder of the project and the one to
 * write to, which is emptied first.
 */
public fun main(args: Array<String>) {
    require(args.size == 2) {
        "expected the project's folder and the site's, got ${args.size} arguments"
    }
    val (root, out) = args.map { Path.of(it).toAbsolutePath().normalize() }
    val pages = Site(root).write(out)
    println("$pages pages of documentation: ${out.resolve("index.html")}")
}
