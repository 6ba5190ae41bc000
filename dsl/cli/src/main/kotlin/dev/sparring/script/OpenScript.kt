package dev.sparring.script

import dev.sparring.dsl.CallSite
import dev.sparring.dsl.CallSites
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.sweep.SweepDefinition
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RecordedScript
import dev.sparring.train.DivergedException
import java.nio.file.Path
import kotlin.script.experimental.api.CompiledScript
import kotlin.script.experimental.api.EvaluationResult
import kotlin.script.experimental.api.ResultValue
import kotlin.script.experimental.api.ResultWithDiagnostics

/** A compiled script, which can be run, and the places of what it describes. */
internal class OpenScript(
    private val files: ScriptFiles,
    private val compiled: CompiledScript,
    private val evaluate:
        (CompiledScript, CallSites, List<String>) -> ResultWithDiagnostics<EvaluationResult>,
) {
    val file: Path = files.root.path
    private val sites = CallSites { files.named(it) != null }

    /** What it is, as far as the compiler knows. */
    val kind: ScriptKind = ScriptKind.of(compiled.resultField?.second?.typeName)

    /**
     * The recipes that the last expression is; not all scripts are run for that.
     *
     * @throws RecipeSyntaxException if it is something else, with the command for that
     */
    fun recipes(): List<Recipe> {
        if (kind == ScriptKind.PROGRAM || kind == ScriptKind.SWEEP) throw other(kind)
        return when (val last = value()) {
            is Recipe -> listOf(last)
            is Iterable<*> -> recipes(last.toList())
            is Array<*> -> recipes(last.toList())
            is SweepDefinition -> throw other(ScriptKind.SWEEP)
            else -> throw other(ScriptKind.PROGRAM)
        }
    }

    private fun recipes(list: List<Any?>): List<Recipe> {
        if (list.isEmpty()) {
            throw RecipeSyntaxException("$file", "ends with an empty list; expected recipes in it")
        }
        return list.mapIndexed { i, item ->
            item as? Recipe
                ?: throw RecipeSyntaxException(
                    "$file",
                    "item ${i + 1} of its list is ${kindOf(item)}; expected recipes, gan { ... }",
                )
        }
    }

    /**
     * The sweep that the last expression is; not all scripts are run for that.
     *
     * @throws RecipeSyntaxException if it is something else, with the command for that
     */
    fun sweep(): SweepDefinition {
        if (kind != ScriptKind.SWEEP && kind != ScriptKind.UNKNOWN) throw other(kind)
        return when (val last = value()) {
            is SweepDefinition -> last
            is Recipe -> throw other(ScriptKind.RECIPE)
            is Iterable<*>,
            is Array<*> -> throw other(ScriptKind.RECIPES)
            else -> throw other(ScriptKind.PROGRAM)
        }
    }

    /**
     * Runs it as a program.
     *
     * @param args what it finds as `args`
     * @throws RecipeSyntaxException if it ends with a recipe, a list of these or a sweep
     */
    fun run(args: List<String>) {
        if (kind != ScriptKind.PROGRAM && kind != ScriptKind.UNKNOWN) throw other(kind)
        evaluated(args)
    }

    /** What a run keeps of it; [number] as [RecordedScript.number]. */
    fun recorded(number: Int): RecordedScript =
        RecordedScript(
            files.root.text,
            number,
            files.imports.map { RecordedScript.Import(it.place, it.text) },
            files.dependencies,
        )

    /** The column of a call in this script, if it is known. */
    fun column(call: CallSite): Int? = files.named(call.file)?.code?.column(call)

    /** In one line what it is, and which command is for that. */
    private fun other(kind: ScriptKind): RecipeSyntaxException {
        val type = compiled.resultField?.second?.typeName
        val end =
            when {
                kind != ScriptKind.PROGRAM -> "ends with ${kind.what}"
                type == null -> "the last expression has no value, so this is a program"
                else -> "the last expression is a $type, so this is a program"
            }
        val does =
            when (kind) {
                ScriptKind.PROGRAM -> "$file runs it; a recipe ends with gan { ... }"
                ScriptKind.RECIPES -> "$file#1 trains the first"
                else -> "$file trains it"
            }
        return RecipeSyntaxException("$file", "$end; sparring ${kind.command} $does")
    }

    private fun kindOf(item: Any?) = if (item == null) "null" else "a ${item.javaClass.name}"

    private fun value(): Any? = (evaluated() as? ResultValue.Value)?.value

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
        val source = site?.let { files.named(it.file) } ?: files.root
        return PlacedProblem(
            "${source.path}",
            site?.line,
            site?.let(source.code::column),
            path,
            problem.text(),
        )
    }

    private fun evaluated(args: List<String> = emptyList()): ResultValue {
        val result = evaluate(compiled, sites, args)
        if (result !is ResultWithDiagnostics.Success) {
            throw RecipeSyntaxException(
                result.reports.map { PlacedProblem("$file", null, null, "", it.message) }
            )
        }
        val last = result.value.returnValue
        if (last is ResultValue.Error) {
            // These have exit codes, or lines, of their own.
            if (last.error is DivergedException || last.error is Error) throw last.error
            throw thrown(last.error)
        }
        return last
    }

    /** An exception of the script, at the script's call. */
    private fun thrown(e: Throwable): RecipeSyntaxException {
        val at = e.stackTrace.indexOfFirst { files.named(it.fileName.orEmpty()) != null }
        val source = e.stackTrace.getOrNull(at)?.fileName?.let(files::named) ?: files.root
        val line = if (at < 0) null else e.stackTrace[at].lineNumber
        val column = if (at < 1) null else column(source, e.stackTrace[at], e.stackTrace[at - 1])
        fun problem(path: String, text: String) =
            PlacedProblem("${source.path}", line, column, path, text)
        val problems =
            when (e) {
                is RecipeException -> e.problems().map { problem(it.path(), it.text()) }
                // The message alone for the model's exceptions; others are not clear without their
                // names.
                is IllegalArgumentException -> listOf(problem("", e.message ?: "$e"))
                else -> {
                    val isOwn = e.javaClass.packageName.startsWith("dev.sparring.")
                    listOf(problem("", e.message.takeIf { isOwn } ?: "$e"))
                }
            }
        return RecipeSyntaxException(problems).apply { initCause(e) }
    }

    /** Known if the line has one such call only: a stack trace does not say which one it is. */
    private fun column(
        source: ScriptFile,
        own: StackTraceElement,
        called: StackTraceElement,
    ): Int? {
        val word = CallSite.word(called.className, called.methodName)
        return source.code.columns(own.lineNumber, word).singleOrNull()
    }
}
