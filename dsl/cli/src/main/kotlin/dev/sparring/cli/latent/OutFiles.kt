package dev.sparring.cli.latent

import dev.sparring.cli.BadInput
import java.nio.file.Files
import java.nio.file.Path
import picocli.CommandLine.Model.CommandSpec

/** The files that `--out` names, each once or more; their endings say what is written. */
internal class OutFiles
private constructor(private val given: List<Path>, private val endings: Map<String, String>) {
    /** The ending of a file, which is one of the known ones. */
    fun ending(file: Path): String = endingOf(file)

    fun all(): List<Path> = given

    fun has(ending: String): Boolean = given.any { endingOf(it) == ending }

    /**
     * Refuses options that count for files of one kind only, where there is none.
     *
     * @param what these files are
     */
    fun require(ending: String, what: String, spec: CommandSpec, vararg options: String) {
        if (has(ending)) return
        val given = spec.commandLine().parseResult
        options.find(given::hasMatchedOption)?.let {
            throw BadInput("$it: goes with $what, a $ending")
        }
    }

    private fun check(): OutFiles {
        for (file in given) {
            if (Files.isDirectory(file)) {
                throw BadInput("--out: '$file' is a folder; expected a file such as ${example()}")
            }
            if (endingOf(file) !in endings) {
                val known = endings.map { (ending, what) -> "$ending ($what)" }
                throw BadInput(
                    "--out: '$file' does not say what to write; expected a name that ends in " +
                        known.joinToString(" or ")
                )
            }
        }
        given
            .groupBy { it.toAbsolutePath().normalize() }
            .values
            .find { it.size > 1 }
            ?.let { throw BadInput("--out: '${it.first()}' is named twice") }
        return this
    }

    private fun example() = "FILE${endings.keys.first()}"

    companion object {
        /**
         * Checks the files.
         *
         * @param given null or empty if none is named
         * @param standard what is written then
         * @param endings what each known ending stands for
         */
        fun of(given: List<Path>?, standard: List<String>, endings: Map<String, String>): OutFiles =
            OutFiles(given.orEmpty().ifEmpty { standard.map(Path::of) }, endings).check()

        private fun endingOf(file: Path): String {
            val name = file.fileName?.toString().orEmpty()
            return if ('.' in name) "." + name.substringAfterLast('.').lowercase() else ""
        }
    }
}
