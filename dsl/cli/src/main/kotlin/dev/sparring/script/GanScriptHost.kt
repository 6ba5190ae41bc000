package dev.sparring.script

import dev.sparring.dsl.CallSites
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.recipe.Recipe
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.script.experimental.api.CompiledScript
import kotlin.script.experimental.api.KotlinType
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.api.ScriptEvaluationConfiguration
import kotlin.script.experimental.api.SourceCode
import kotlin.script.experimental.api.constructorArgs
import kotlin.script.experimental.host.ScriptingHostConfiguration
import kotlin.script.experimental.host.createCompilationConfigurationFromTemplate
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
    private val configuration =
        ScriptingHostConfiguration(defaultJvmScriptingHostConfiguration) {
            jvm { compilationCache(ScriptCache(cache, jars)) }
        }
    private val host = BasicJvmScriptingHost(configuration)

    /**
     * The recipe that a script's last expression is, or the only one of its list.
     *
     * @throws RecipeSyntaxException with a line for each thing that is wrong: what the compiler
     *   says, or what the script throws
     */
    public fun read(file: Path): Recipe = RecipeChoice(file, null).of(readAll(file)).value

    /**
     * The recipes that a script's last expression is: one, or a list of them.
     *
     * @throws RecipeSyntaxException as [read]
     */
    public fun readAll(file: Path): List<Recipe> = open(file).recipes()

    /**
     * A script, compiled but not run.
     *
     * @throws RecipeSyntaxException with what the compiler says
     */
    internal fun open(file: Path): OpenScript {
        val text = RecipeText.textOf(file)
        val template =
            createCompilationConfigurationFromTemplate(
                KotlinType(GanScript::class),
                configuration,
                GanScriptHost::class,
            ) {
                // In place of the template's own class path, which this would otherwise hide.
                jvm { updateClasspath((scriptClassPath + jars).map(Path::toFile)) }
            }
        val compiled =
            when (val result = compile(text.toScriptSource(file.name), template)) {
                is ResultWithDiagnostics.Success -> result.value
                is ResultWithDiagnostics.Failure ->
                    throw RecipeSyntaxException(
                        result.reports
                            .filter { it.severity >= ScriptDiagnostic.Severity.ERROR }
                            .map { compilerSays(file, ScriptHints(ScriptText(text)), it) }
                    )
            }
        return OpenScript(file, text, compiled, ::evaluate)
    }

    private fun compile(source: SourceCode, template: ScriptCompilationConfiguration) =
        @Suppress("DEPRECATION_ERROR") host.runInCoroutineContext { host.compiler(source, template) }

    private fun evaluate(script: CompiledScript, sites: CallSites, args: List<String>) =
        @Suppress("DEPRECATION_ERROR")
        host.runInCoroutineContext {
            host.evaluator(
                script,
                ScriptEvaluationConfiguration {
                    constructorArgs(sites, args.toTypedArray())
                    jvm { baseClassLoader(loader) }
                },
            )
        }

    private fun compilerSays(
        file: Path,
        hints: ScriptHints,
        report: ScriptDiagnostic,
    ): PlacedProblem {
        val start = report.location?.start
        val said = start?.let { hints.with(report.message, it.line, it.col) } ?: report.message
        val text = listOfNotNull(said, report.exception?.toString()).joinToString(": ")
        return PlacedProblem("$file", start?.line, start?.col, "", text.lines().joinToString(" "))
    }
}
