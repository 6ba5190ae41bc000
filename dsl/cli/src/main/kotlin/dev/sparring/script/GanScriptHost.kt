package dev.sparring.script

import dev.sparring.dsl.CallSites
import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.Recipe
import java.net.URLClassLoader
import java.nio.file.Path
import kotlin.script.experimental.api.CompiledScript
import kotlin.script.experimental.api.KotlinType
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.api.ScriptEvaluationConfiguration
import kotlin.script.experimental.api.SourceCode
import kotlin.script.experimental.api.constructorArgs
import kotlin.script.experimental.api.enableScriptsInstancesSharing
import kotlin.script.experimental.api.refineConfiguration
import kotlin.script.experimental.host.ScriptingHostConfiguration
import kotlin.script.experimental.host.createCompilationConfigurationFromTemplate
import kotlin.script.experimental.jvm.baseClassLoader
import kotlin.script.experimental.jvm.compilationCache
import kotlin.script.experimental.jvm.defaultJvmScriptingHostConfiguration
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost
import kotlin.script.experimental.jvmhost.JvmScriptCompiler
import org.jetbrains.kotlin.scripting.compiler.plugin.impl.ScriptJvmCompilerIsolated

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
    private val cache: Path = ScriptCache.standardFolder(),
) {
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
        val files = ScriptFiles.of(file)
        val configuration =
            ScriptingHostConfiguration(defaultJvmScriptingHostConfiguration) {
                jvm { compilationCache(ScriptCache(cache, jars, files.state)) }
            }
        val host = BasicJvmScriptingHost(configuration, compiler(files, configuration))
        val template =
            createCompilationConfigurationFromTemplate(
                KotlinType(GanScript::class),
                configuration,
                GanScriptHost::class,
            ) {
                // In place of the template's own class path, which this would otherwise hide.
                jvm { updateClasspath((scriptClassPath + jars).map(Path::toFile)) }
                refineConfiguration {
                    onAnnotations(
                        DependsOn::class,
                        Repository::class,
                        Import::class,
                        handler = ScriptRefinement(files)::refine,
                    )
                }
            }
        val needed = files.jars.map { it.toUri().toURL() }.toTypedArray()
        val classes = if (needed.isEmpty()) loader else URLClassLoader(LOADER, needed, loader)
        val run = RunningScript(host, classes)
        val compiled =
            when (val result = run.compile(files.root.source, template)) {
                is ResultWithDiagnostics.Success -> result.value
                is ResultWithDiagnostics.Failure ->
                    throw RecipeSyntaxException(
                        result.reports
                            .filter { it.severity >= ScriptDiagnostic.Severity.ERROR }
                            .map { compilerSays(files, it) }
                    )
            }
        run.load(compiled)
        return OpenScript(files, compiled, run::evaluate)
    }

    /**
     * The newer compiler resolves a script before those that it imports, and fails at the first
     * type in them; the older one sorts them.
     */
    private fun compiler(files: ScriptFiles, configuration: ScriptingHostConfiguration) =
        if (files.imports.isEmpty()) JvmScriptCompiler(configuration)
        else JvmScriptCompiler(configuration, ScriptJvmCompilerIsolated(configuration))

    private fun compilerSays(files: ScriptFiles, report: ScriptDiagnostic): PlacedProblem {
        val start = report.location?.start
        val name = report.sourcePath?.substringAfterLast('/')
        val file = name?.let(files::named) ?: files.root
        val said =
            start?.let { ScriptHints(file.code).with(report.message, it.line, it.col) }
                ?: report.message
        val text = listOfNotNull(said, report.exception?.toString()).joinToString(": ")
        val line = text.lines().joinToString(" ")
        return PlacedProblem("${file.path}", start?.line, start?.col, "", line)
    }

    internal companion object {
        /** The name of the class loader of what scripts depend on. */
        const val LOADER: String = "dependencies"
    }
}

/** Compiles a script and runs it. */
private class RunningScript(
    private val host: BasicJvmScriptingHost,
    private val loader: ClassLoader,
) {
    fun compile(source: SourceCode, template: ScriptCompilationConfiguration) =
        @Suppress("DEPRECATION_ERROR")
        host.runInCoroutineContext { host.compiler(source, template) }

    fun evaluate(script: CompiledScript, sites: CallSites, args: List<String>) =
        @Suppress("DEPRECATION_ERROR")
        host.runInCoroutineContext { host.evaluator(script, evaluation(sites, args)) }

    /** A script out of the cache does not know what it is before its class is loaded. */
    fun load(script: CompiledScript) {
        @Suppress("DEPRECATION_ERROR")
        host.runInCoroutineContext { script.getClass(evaluation(CallSites { false }, emptyList())) }
    }

    private fun evaluation(sites: CallSites, args: List<String>) = ScriptEvaluationConfiguration {
        constructorArgs(sites, args.toTypedArray())
        // Of a script that is imported twice there is one instance.
        enableScriptsInstancesSharing()
        jvm { baseClassLoader(loader) }
    }
}
