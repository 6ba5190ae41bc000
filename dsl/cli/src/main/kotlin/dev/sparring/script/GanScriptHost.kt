package dev.sparring.script

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import java.io.IOException
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.script.experimental.api.ResultValue
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.host.ScriptingHostConfiguration
import kotlin.script.experimental.host.toScriptSource
import kotlin.script.experimental.jvm.baseClassLoader
import kotlin.script.experimental.jvm.compilationCache
import kotlin.script.experimental.jvm.defaultJvmScriptingHostConfiguration
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost

/**
 * Reads recipes from `*.gan.kts` scripts. A script is Kotlin and may do whatever a program may.
 *
 * @param jars what scripts see beside the library, such as jars with words of users
 * @param loader finds the classes of these jars and everything else that a script needs
 * @param cache the folder for compiled scripts, which saves the start of the compiler; by default
 *   `sparring/scripts` in the user's cache
 */
public class GanScriptHost(
    private val jars: List<Path> = emptyList(),
    private val loader: ClassLoader = GanScriptHost::class.java.classLoader,
    cache: Path = ScriptCache.standardFolder(),
) {
    private val host =
        BasicJvmScriptingHost(
            ScriptingHostConfiguration(defaultJvmScriptingHostConfiguration) {
                jvm { compilationCache(ScriptCache(cache, jars)) }
            }
        )

    /**
     * The recipe that a script's last expression is.
     *
     * @throws RecipeSyntaxException with a line for each thing that is wrong: what the compiler
     *   says, or what the script throws
     */
    public fun read(file: Path): Recipe {
        val source = textOf(file).toScriptSource(file.name)
        val result =
            host.evalWithTemplate<GanScript>(
                source,
                // In place of the template's own class path, which this would otherwise hide.
                compilation = {
                    jvm { updateClasspath((scriptClassPath + jars).map(Path::toFile)) }
                },
                evaluation = { jvm { baseClassLoader(loader) } },
            )
        if (result !is ResultWithDiagnostics.Success) {
            throw RecipeSyntaxException(
                result.reports
                    .filter { it.severity >= ScriptDiagnostic.Severity.ERROR }
                    .map { compilerSays(file, it) }
            )
        }
        return recipe(file, result.value.returnValue)
    }

    private fun recipe(file: Path, last: ResultValue): Recipe =
        when (last) {
            is ResultValue.Value ->
                last.value as? Recipe ?: throw noRecipe(file, "is a ${last.type}")
            is ResultValue.Error -> throw thrown(file, last.error)
            else -> throw noRecipe(file, "has no value")
        }

    private fun noRecipe(file: Path, butIs: String) =
        RecipeSyntaxException("$file", "the last expression $butIs; a script ends with gan { ... }")

    private fun compilerSays(file: Path, report: ScriptDiagnostic): PlacedProblem {
        val start = report.location?.start
        val text = listOfNotNull(report.message, report.exception?.toString()).joinToString(": ")
        return PlacedProblem("$file", start?.line, start?.col, "", text.lines().joinToString(" "))
    }

    /** An exception of a script, at the script's line. */
    private fun thrown(file: Path, e: Throwable): RecipeSyntaxException {
        val line = e.stackTrace.find { it.fileName == file.name }?.lineNumber
        val problems =
            when (e) {
                is RecipeException ->
                    e.problems().map { PlacedProblem("$file", line, null, it.path(), it.text()) }
                // The message alone for the model's exceptions; others are not clear without their
                // names.
                is IllegalArgumentException ->
                    listOf(PlacedProblem("$file", line, null, "", e.message ?: "$e"))
                else -> listOf(PlacedProblem("$file", line, null, "", "$e"))
            }
        return RecipeSyntaxException(problems).apply { initCause(e) }
    }

    private fun textOf(file: Path): String =
        try {
            file.readText()
        } catch (e: NoSuchFileException) {
            throw RecipeSyntaxException("$file", "there is no such file").apply { initCause(e) }
        } catch (e: IOException) {
            throw RecipeSyntaxException("$file", "cannot be read: ${Reason.of(e)}").apply {
                initCause(e)
            }
        }
}
