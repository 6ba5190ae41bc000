package dev.sparring.cli

import dev.sparring.file.Reason
import dev.sparring.setting.Shown
import java.nio.file.InvalidPathException
import java.nio.file.Path
import picocli.CommandLine.ITypeConverter
import picocli.CommandLine.TypeConversionException

/** A path on the command line. */
internal object PathArgument : ITypeConverter<Path> {
    /** What stands where a character could not be read. */
    private const val LOST = '\uFFFD'

    /** Java's own reason, in other locales. */
    private const val UNMAPPABLE = "Malformed input or input contains unmappable characters"

    override fun convert(value: String): Path =
        try {
            if (value.isBlank()) throw TypeConversionException("'$value' is empty; expected a path")
            // In locales of Latin letters, such characters make another valid path.
            if (LOST in value) throw InvalidPathException(value, UNMAPPABLE)
            Path.of(value)
        } catch (e: InvalidPathException) {
            throw TypeConversionException(problem(e))
        }

    /** What is wrong with a path, and what would help. */
    fun problem(e: InvalidPathException): String = "'${Shown.value(e.input)}': ${Reason.of(e)}"
}
