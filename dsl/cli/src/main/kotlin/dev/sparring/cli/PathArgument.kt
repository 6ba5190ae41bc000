package dev.sparring.cli

import dev.sparring.setting.Shown
import java.nio.file.InvalidPathException
import java.nio.file.Path
import picocli.CommandLine.ITypeConverter
import picocli.CommandLine.TypeConversionException

/** A path on the command line. */
internal object PathArgument : ITypeConverter<Path> {
    /** What stands where a character could not be read. */
    private const val LOST = '\uFFFD'

    override fun convert(value: String): Path =
        try {
            if (value.isBlank()) throw TypeConversionException("'$value' is empty; expected a path")
            // In locales of Latin letters, such characters make another valid path.
            if (LOST in value) throw InvalidPathException(value, "Malformed input")
            Path.of(value)
        } catch (e: InvalidPathException) {
            throw TypeConversionException(problem(e))
        }

    /** What is wrong with a path, and what would help. */
    fun problem(e: InvalidPathException): String {
        val shown = Shown.value(e.input)
        return if (e.reason.startsWith("Malformed input")) {
            "'$shown' cannot be a path, since Java reads names as " +
                "${System.getProperty("sun.jnu.encoding")} here; the environment variable " +
                "LC_ALL=C.UTF-8 would let it read others"
        } else {
            "'$shown' is no path: ${e.reason.replaceFirstChar(Char::lowercase)}"
        }
    }
}
