package dev.sparring.cli

import dev.sparring.dsl.RecipeFormat
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.file.Sha256
import dev.sparring.lint.Lint
import dev.sparring.lint.Lints
import dev.sparring.run.RecordedRecipe
import dev.sparring.train.Observers
import dev.sparring.train.Training
import dev.sparring.vocabulary.Vocabulary
import java.io.IOException
import java.net.URLClassLoader
import java.nio.file.Path
import java.util.jar.JarFile
import picocli.CommandLine.Option

/** The sources of users' words. */
internal class WordOptions {
    @Option(
        names = ["--with"],
        paramLabel = "WORDS.jar",
        description = ["a jar with words of your own, or a jar that it needs; may be repeated"],
    )
    var jars: List<Path> = emptyList()

    /** Loaded once, on first use. */
    val words: Words by lazy { Words.load(jars) }
}

/** The words of this process: the library's, those on its class path, and those of some jars. */
internal class Words
private constructor(
    val paths: List<Path>,
    /** The jars in the form that runs record. */
    val jars: List<RecordedRecipe.Jar>,
    /** Finds the classes of the jars and everything else. */
    val loader: ClassLoader,
    val format: RecipeFormat,
) {
    /** The options that give a child process the same words. */
    val options: List<String>
        get() = paths.flatMap { listOf("--with", "$it") }

    /**
     * Refuses to read a run that was trained with jars which are not here.
     *
     * @param run what messages call the run
     */
    fun require(recorded: List<RecordedRecipe.Jar>, run: String) {
        for (jar in recorded.filter { it !in jars }) {
            val other = jars.find { it.name == jar.name }
            val problem =
                if (other == null) "add --with ${jar.name}"
                else "--with ${jar.name} has SHA-256 ${other.sha256.take(SHOWN)}..."
            throw BadInput(
                "$run: was trained with ${jar.name} of SHA-256 ${jar.sha256.take(SHOWN)}...; $problem"
            )
        }
    }

    /** The rules of the library and those of the jars. */
    fun lints(): List<Lint> = loading { Lints.load(loader) }

    /** Adds the gauges and detectors of the jars to a training. */
    fun watch(training: Training) {
        loading { Observers.attach(training, loader) }
    }

    companion object {
        /** The name of the class loader of such jars. */
        const val LOADER = "words"
        private const val SHOWN = 12
        private const val SERVICES = "META-INF/services/"

        /** @throws BadInput if a file is not a jar, or none of them has any words */
        fun load(paths: List<Path>): Words {
            val jars = paths.map(::jar)
            val entries = paths.associateWith(::entries)
            refuseDoubles(entries)
            val own = Words::class.java.classLoader
            val urls = paths.map { it.toUri().toURL() }.toTypedArray()
            val loader = if (paths.isEmpty()) own else URLClassLoader(LOADER, urls, own)
            if (paths.isNotEmpty() && entries.values.none(::bringsServices)) {
                throw BadInput(
                    "--with ${paths.joinToString()}: nothing to find there; expected a jar with " +
                        "${SERVICES}dev.sparring.vocabulary.WordProvider"
                )
            }
            val format = loading { RecipeFormat(Vocabulary.load(loader)) }
            return Words(paths, jars, loader, format)
        }

        private fun <T> loading(what: () -> T): T =
            try {
                what()
            } catch (e: IllegalArgumentException) {
                throw BadInput("--with: ${e.message}", e)
            }

        /** Of two classes of one name the first jar's would win, whatever a run has recorded. */
        private fun refuseDoubles(jars: Map<Path, List<String>>) {
            val seen = mutableMapOf<String, Path>()
            for ((path, entries) in jars) {
                for (name in classes(entries)) {
                    val other = seen.put(name, path) ?: continue
                    throw BadInput("--with: $other and $path both have ${name.replace('/', '.')}")
                }
            }
        }

        private fun jar(path: Path): RecordedRecipe.Jar {
            RegularFile.problem(path).ifPresent {
                throw BadInput("--with: $path: $it; expected a jar")
            }
            return RecordedRecipe.Jar("${path.fileName}", Sha256.of(path))
        }

        private fun bringsServices(entries: List<String>): Boolean =
            entries.any { it.startsWith("${SERVICES}dev.sparring.") }

        private fun classes(entries: List<String>): List<String> =
            entries
                .filter { it.endsWith(".class") && !it.endsWith("-info.class") }
                .map { it.removeSuffix(".class") }

        private fun entries(path: Path): List<String> =
            try {
                JarFile(path.toFile()).use { jar -> jar.stream().map { it.name }.toList() }
            } catch (e: IOException) {
                throw BadInput("--with: $path: is not a jar: ${Reason.of(e)}", e)
            }
    }
}
