package dev.sparring.script

import dev.sparring.file.CacheDirectory
import dev.sparring.file.Sha256
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.util.jar.JarFile
import kotlin.io.path.createDirectories
import kotlin.io.path.createTempFile
import kotlin.io.path.deleteIfExists
import kotlin.io.path.exists
import kotlin.script.experimental.api.CompiledScript
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.SourceCode
import kotlin.script.experimental.jvm.CompiledJvmScriptsCache
import kotlin.script.experimental.jvm.impl.KJvmCompiledScript
import kotlin.script.experimental.jvmhost.loadScriptFromJar
import kotlin.script.experimental.jvmhost.saveToJar
import kotlin.streams.asSequence

/**
 * Compiled scripts in a folder, by a hash of their sources and class path. If the folder cannot be
 * written, scripts are compiled each time.
 */
internal class ScriptCache(
    private val folder: Path,
    private val jars: List<Path> = emptyList(),
    /** The state of what the script brings in itself. */
    private val more: String = "",
) : CompiledJvmScriptsCache {
    /** Covers everything that scripts are compiled against, in its current state. */
    private val surroundings: String by lazy {
        ((scriptClassPath + jars).map(::state) + "${KotlinVersion.CURRENT}").joinToString("\n")
    }

    override fun get(
        script: SourceCode,
        scriptCompilationConfiguration: ScriptCompilationConfiguration,
    ): CompiledScript? {
        val jar = jarOf(script).takeIf { it.exists() } ?: return null
        return try {
            // loadScriptFromJar throws a NullPointerException for a jar without a manifest.
            val whole = JarFile(jar.toFile()).use { it.manifest != null }
            if (whole) jar.toFile().loadScriptFromJar() else null
        } catch (_: IOException) {
            null // Damaged: compiled anew, and replaced.
        }
    }

    override fun store(
        compiledScript: CompiledScript,
        script: SourceCode,
        scriptCompilationConfiguration: ScriptCompilationConfiguration,
    ) {
        try {
            folder.createDirectories()
            // Written to another file and moved, so that no other process reads half a jar.
            val beside = createTempFile(folder, "script", ".tmp")
            try {
                (compiledScript as KJvmCompiledScript).saveToJar(beside.toFile())
                Files.move(beside, jarOf(script), ATOMIC_MOVE)
            } finally {
                beside.deleteIfExists()
            }
        } catch (_: IOException) {
            // Then it is compiled again next time.
        }
    }

    private fun jarOf(script: SourceCode): Path {
        val key = listOf(script.name, script.text, surroundings, more).joinToString("\u0000")
        return folder.resolve("${Sha256.of(key.toByteArray())}.jar")
    }

    private fun state(entry: Path): String =
        Files.walk(entry).use { files ->
            val newest = files.asSequence().maxOf { Files.getLastModifiedTime(it).toMillis() }
            "$entry $newest"
        }

    companion object {
        /** `$XDG_CACHE_HOME/sparring/scripts`, or the same under `~/.cache`. */
        fun standardFolder(environment: Map<String, String> = System.getenv()): Path =
            CacheDirectory.of(environment).resolve("scripts")
    }
}
