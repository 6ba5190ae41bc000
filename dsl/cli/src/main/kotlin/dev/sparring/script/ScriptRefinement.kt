package dev.sparring.script

import dev.sparring.script.ScriptHeader.Kind
import java.nio.file.Path
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptCollectedData
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.ScriptConfigurationRefinementContext
import kotlin.script.experimental.api.ScriptSourceAnnotation
import kotlin.script.experimental.api.asSuccess
import kotlin.script.experimental.api.collectedAnnotations
import kotlin.script.experimental.api.importScripts
import kotlin.script.experimental.api.makeFailureResult
import kotlin.script.experimental.api.with
import kotlin.script.experimental.host.toScriptSource
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath

/** Gives the compiler what each script asks for in its annotations. */
internal class ScriptRefinement(private val files: ScriptFiles) {
    fun refine(
        context: ScriptConfigurationRefinementContext
    ): ResultWithDiagnostics<ScriptCompilationConfiguration> {
        val found = context.collectedData?.get(ScriptCollectedData.collectedAnnotations).orEmpty()
        val text = plain(context.script.text)
        val file = files.all.find { plain(it.text) == text }
        // The key of the cache, and what a run keeps, follow from the plain form alone.
        if (file == null || Kind.entries.any { values(found, it) != file.header.values(it) }) {
            return makeFailureResult(NOT_PLAIN)
        }
        return context.compilationConfiguration
            .with {
                // As files: of other sources the compiler does not know which to resolve first.
                importScripts.append(file.imports.map { it.path.toFile().toScriptSource() })
                jvm { updateClasspath(files.jars.map(Path::toFile)) }
            }
            .asSuccess()
    }

    /** As the compiler sees it. */
    private fun plain(text: String) = text.removePrefix("\uFEFF").replace("\r\n", "\n")

    private fun values(found: List<ScriptSourceAnnotation<*>>, kind: Kind): List<String> =
        found.flatMap {
            when (val annotation = it.annotation) {
                is DependsOn ->
                    if (kind == Kind.DEPENDS_ON) annotation.artifacts.toList() else listOf()
                is Repository ->
                    if (kind == Kind.REPOSITORY) annotation.folders.toList() else listOf()
                is Import -> if (kind == Kind.IMPORT) annotation.scripts.toList() else listOf()
                else -> listOf()
            }
        }

    private companion object {
        const val NOT_PLAIN =
            "annotations of a script need plain texts: @file:Import(\"other.gan.kts\"), one @file: each"
    }
}
