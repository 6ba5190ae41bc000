package dev.sparring.script

import dev.sparring.dsl.CallSites
import dev.sparring.dsl.DefaultImports
import dev.sparring.dsl.GanDsl
import dev.sparring.dsl.GanScope
import dev.sparring.dsl.SweepScope
import dev.sparring.dsl.sweep.SweepDefinition
import dev.sparring.recipe.Recipe
import java.nio.file.Path
import kotlin.io.path.toPath
import kotlin.script.experimental.annotations.KotlinScript
import kotlin.script.experimental.api.ScriptAcceptedLocation
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.acceptedLocations
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.defaultImports
import kotlin.script.experimental.api.ide
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import org.jspecify.annotations.NullMarked

/**
 * A script: its last expression is a `gan { }`, a list of these or a `sweep { }`, or it is a
 * program with any other end. Scripts need no imports.
 *
 * @property args what follows the script's name on the command line of `sparring run`
 */
@KotlinScript(
    displayName = "Sparring recipe",
    fileExtension = "gan.kts",
    compilationConfiguration = GanScriptConfiguration::class,
)
public abstract class GanScript(private val sites: CallSites, public val args: Array<String>) {
    /** The function of this name, which remembers where in the script its parts are written. */
    public fun gan(name: String? = null, settings: GanScope.() -> Unit): Recipe =
        sites.gan(name, settings)

    /** The function of this name, which remembers where in the script its parts are written. */
    public fun sweep(name: String? = null, settings: SweepScope.() -> Unit): SweepDefinition =
        sites.sweep(name, settings)
}

/** The imports of scripts: the DSL, the records of the model, and Kotlin's library. */
internal object GanScriptConfiguration :
    ScriptCompilationConfiguration({
        defaultImports(DefaultImports.all)
        defaultImports.append(
            // For their first lines.
            DependsOn::class.qualifiedName!!,
            Repository::class.qualifiedName!!,
            Import::class.qualifiedName!!,
        )
        // Not the whole class path: the compiler would read the native libraries too.
        jvm { updateClasspath(scriptClassPath.map(Path::toFile)) }
        compilerOptions.append("-jvm-target", "17")
        ide { acceptedLocations(ScriptAcceptedLocation.Everywhere) }
    }) {
    @Suppress("unused") private fun readResolve(): Any = GanScriptConfiguration
}

/** The jars, or folders of classes, that scripts are compiled against. */
internal val scriptClassPath: List<Path>
    get() =
        listOf(GanScript::class, GanDsl::class, Recipe::class, NullMarked::class, Unit::class)
            .map { it.java.protectionDomain.codeSource.location.toURI().toPath() }
            .distinct()
