package dev.sparring.script

import dev.sparring.dsl.CallSite
import dev.sparring.dsl.CallSites
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.script.experimental.api.CompiledScript
import kotlin.script.experimental.api.EvaluationResult
import kotlin.script.experimental.api.ResultValue
import kotlin.script.experimental.api.ResultWithDiagnostics

/** A compiled script, which can be run, and the places of what it describes. */
internal class OpenScript(
    val file: Path,
    text: String,
    private val compiled: CompiledScript,
    private val evaluate:
        (CompiledScript, CallSites, List<String>) -> ResultWithDiagnostics<EvaluationResult>,
) {
    private val text = ScriptText(text)
    private val sites = CallSites { it == file.name }

    /** The recipe that the last expression is. */
    fun recipe(): Recipe =
        when (val last = run()) {
            is ResultValue.Value ->
                last.value as? Recipe ?: throw noRecipe("is a ${last.type}")
            else -> throw noRecipe("has no value")
        }

    private fun noRecipe(butIs: String) =
        RecipeSyntaxException("$file", "the last expression $butIs; a script ends with gan { ... }")

    /** Problems of a recipe of this script at their calls. */
    fun placed(recipe: Recipe, e: RecipeException, changes: List<String>): RecipeSyntaxException =
        RecipeSyntaxException(e.problems().map { placed(recipe, it, changes) }).apply {
            initCause(e)
        }

    private fun placed(recipe: Recipe, problem: Problem, changes: List<String>): PlacedProblem {
        val path = problem.path()
        val changed = changes.map { it.substringBefore('=').trim() }
        val isChanged = changed.any { "$path.".startsWith("$it.") || "$it.".startsWith("$path.") }
        // What the command line has changed is not what the script says there.
        val site = if (isChanged) null else sites.find(recipe, path)
        return PlacedProblem("$file", site?.line, site?.let(text::column), path, problem.text())
    }

    private fun run(args: List<String> = emptyList()): ResultValue {
        val result = evaluate(compiled, sites, args)
        if (result !is ResultWithDiagnostics.Success) {
            throw RecipeSyntaxException(
                result.reports.map { PlacedProblem("$file", null, null, "", it.message) }
            )
        }
        val last = result.value.returnValue
        if (last is ResultValue.Error) throw thrown(last.error)
        return last
    }

    /** An exception of the script, at the script's call. */
    private fun thrown(e: Throwable): RecipeSyntaxException {
        val at = e.stackTrace.indexOfFirst { it.fileName == file.name }
        val line = if (at < 0) null else e.stackTrace[at].lineNumber
        val column = if (at < 1) null else column(e.stackTrace[at], e.stackTrace[at - 1])
        fun problem(path: String, text: String) =
            PlacedProblem("$file", line, column, path, text)
        val problems =
            when (e) {
                is RecipeException -> e.problems().map { problem(it.path(), it.text()) }
                // The message alone for the model's exceptions; others are not clear without their
                // names.
                is IllegalArgumentException -> listOf(problem("", e.message ?: "$e"))
                else -> listOf(problem("", "$e"))
            }
        return RecipeSyntaxException(problems).apply { initCause(e) }
    }

    /** Known if the line has one such call only: a stack trace does not say which one it is. */
    private fun column(own: StackTraceElement, called: StackTraceElement): Int? {
        val word = CallSite.word(called.className, called.methodName)
        return text.columns(own.lineNumber, word).singleOrNull()
    }
}
